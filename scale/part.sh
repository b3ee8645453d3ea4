#!/usr/bin/env bash
# Makes one part of a batch, on whatever machine this runs: scale/part.sh 3
#
# Every machine is given the same of these; all paths must lead to the same files:
#   ASSESSMENT  the folder with assessment.toml     RESULTS  the file with all results
#   ISSUED      the day of issue, as 2026-11-22      OUT      the folder that part-1, part-2 and so on are made in
#   PARTS       how many parts there are
# and may be given KOMPETENZ (the program) and ISSUER (issuer.toml, if it is not beside the assessment).
set -euo pipefail
part=$1
: "${ASSESSMENT:?}" "${RESULTS:?}" "${ISSUED:?}" "${OUT:?}" "${PARTS:?}"
folder=$OUT/part-$part
mkdir -p "$folder"
begun=$(mktemp)
trap 'rm -f "$begun"' EXIT

# The day is passed and never left to the clock: a part that runs after midnight would belong to another batch.
code=0
"${KOMPETENZ:-kompetenz}" batch "$ASSESSMENT" "$RESULTS" --out "$folder" --issued "$ISSUED" \
  --partition "$part/$PARTS" --quiet ${ISSUER:+--issuer "$ISSUER"} || code=$?

# Exit code 1 also says that rows were refused, and then the part is done: who was refused stands in its report.
# It is no excuse for a part that ended early, so the report of this very run must say that it is complete.
if [ "$code" -gt 1 ]; then exit "$code"; fi
[ "$folder/report.json" -nt "$begun" ] && grep -q '"complete": true' "$folder/report.json"
