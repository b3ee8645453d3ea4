#!/usr/bin/env bash
# Runs a small batch in every way docs/scale.md tells of, on this machine, and proves that each gives the same
# certificates, byte for byte, and the same register as one run on one machine.
#
#   scale/try.sh target/release/kompetenz
#
# Slurm and Kubernetes are not needed: their scripts are run with the variables that these would set. Ray is, and is
# installed from PyPI.
set -euo pipefail
KOMPETENZ=$(realpath "${1:-target/release/kompetenz}")
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export KOMPETENZ PARTS=3 ISSUED=2026-11-22
export ASSESSMENT=assessments/nordstadt RESULTS=fixtures/results/nordstadt.csv

# The issues of a register, without what differs by right: the moment and the order of recording.
issues() {
  "$KOMPETENZ" register list --format json --register "$1" --issuer "$ASSESSMENT/issuer.toml" | python3 -c '
import json, sys
issues = json.load(sys.stdin)
for issue in issues:
    del issue["recorded"]
json.dump(sorted(issues, key=lambda issue: issue["number"]), sys.stdout, indent=1)'
}

# Whether the folder $2 and the register $3 are those of the single run $1.
same() {
  diff -r "$1/certificates" "$2"
  diff <(issues "$1/register.sqlite") <(issues "$3")
  "$KOMPETENZ" register check --register "$3" --issuer "$ASSESSMENT/issuer.toml" >/dev/null
  echo "   $(find "$2" -name '*.pdf' | wc -l) certificates, and all is the same"
}

# One run into the folder $1. Its exit code 1 says that rows were refused, as they are here.
single() {
  "$KOMPETENZ" batch "$ASSESSMENT" "$2" --out "$1" --issued "$ISSUED" --quiet 2>/dev/null || [ $? = 1 ]
  mkdir "$1/certificates"
  mv "$1"/*.pdf "$1/certificates"
}

echo "== one run on one machine"
single "$work/single" "$RESULTS"

echo "== Slurm"
export OUT=$work/slurm
for task in 1 2 3; do
  SLURM_SUBMIT_DIR=$PWD SLURM_ARRAY_TASK_ID=$task scale/slurm.sh 2>/dev/null
done
SLURM_SUBMIT_DIR=$PWD scale/slurm.sh join >/dev/null
same "$work/single" "$OUT/certificates" "$OUT/register.sqlite"

echo "== Kubernetes"
venv=$work/venv
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check ray==2.60.0
export OUT=$work/kubernetes
# The commands that stand in the file, with the place the image has the scripts at.
commands() {
  "$venv/bin/python" -c '
import sys, yaml
for document in yaml.safe_load_all(open("scale/kubernetes.yaml")):
    if document["kind"] == "Job" and document["metadata"]["name"] == sys.argv[1]:
        print(document["spec"]["template"]["spec"]["containers"][0]["command"][-1])' "$1" |
    sed "s,/opt/kompetenz/,$PWD/scale/,"
}
for index in 0 1 2; do
  JOB_COMPLETION_INDEX=$index bash -c "$(commands kompetenz-parts)" 2>/dev/null
done
bash -c "$(commands kompetenz-join)" >/dev/null
same "$work/single" "$OUT/certificates" "$OUT/register.sqlite"

echo "== Ray"
export OUT=$work/ray
RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO=0 "$venv/bin/python" scale/ray_batch.py >"$work/ray.log" 2>&1 ||
  { cat "$work/ray.log"; exit 1; }
same "$work/single" "$OUT/certificates" "$OUT/register.sqlite"

echo "== a part that is missing is not overlooked"
mv "$OUT/part-2" "$work/away"
if scale/join.sh >/dev/null 2>&1; then echo "joined without part 2"; exit 1; fi

echo "== pipes: lines in, outcomes out, several processes and one register"
export OUT=$work/pipes
mkdir "$OUT"
python3 - >"$work/results.ndjson" <<'END'
import json
for person in range(1, 13):
    german = {f"german.{part}-screening": "A2" for part in ("listening", "reading", "speaking", "writing")}
    print(json.dumps({"key": f"P-{person}", "name": f"Person {person}", "observations": {"anna": german}}))
END
single "$work/pipe" "$work/results.ndjson"
# shellcheck disable=SC2016 # split sets FILE for each of its filters.
split --number=r/3 --filter='"$KOMPETENZ" batch "$ASSESSMENT" - --out "$OUT/$FILE" --issued "$ISSUED" \
  --register "$OUT/register.sqlite" --progress json' "$work/results.ndjson" piece- >"$work/outcomes.ndjson"
[ "$(grep -c '"status":"issued"' "$work/outcomes.ndjson")" = 12 ]
mkdir "$OUT/certificates"
mv "$OUT"/piece-*/*.pdf "$OUT/certificates"
same "$work/pipe" "$OUT/certificates" "$OUT/register.sqlite"
