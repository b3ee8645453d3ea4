#!/usr/bin/env bash
# Joins the parts that scale/part.sh has made: one register, and one folder with all certificates. Takes the same
# variables. It can be repeated: what is joined already is not joined twice.
set -euo pipefail
: "${ASSESSMENT:?}" "${OUT:?}"
register=(--register "$OUT/register.sqlite" --issuer "${ISSUER:-$ASSESSMENT/issuer.toml}")

# Refuses unless all parts are there, each exactly once, of one batch, and sound.
"${KOMPETENZ:-kompetenz}" register merge "$OUT"/part-*/register.sqlite "${register[@]}"
"${KOMPETENZ:-kompetenz}" register check "${register[@]}"

# Links take no space; drives that have none get copies.
mkdir -p "$OUT/certificates"
gather() {
  find "$OUT"/part-* -maxdepth 1 -name '*.pdf' ! -name '*print-run*' -exec cp --force "$@" -t "$OUT/certificates" {} +
}
gather --link 2>/dev/null || gather --preserve=timestamps
