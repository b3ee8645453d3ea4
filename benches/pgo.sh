#!/usr/bin/env bash
# A faster program: built a second time, by what the first one was seen doing (profile-guided optimisation).
#
#     rustup component add llvm-tools
#     benches/pgo.sh                    # writes target/pgo/release/kompetenz
#
# The results it is trained with are fixtures/results/many.csv, with both templates and in two languages.
# What it makes is the same, byte for byte; only the machine code differs.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$PWD/target/pgo
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
merge=$(rustc --print target-libdir)/../bin/llvm-profdata
[ -x "$merge" ] || { echo "llvm-profdata is missing: rustup component add llvm-tools" >&2; exit 1; }

# Without optimisation across crates: it would take long and change nothing of what is counted.
echo "== a program that counts" >&2
RUSTFLAGS="-Cprofile-generate=$work/profiles" CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
  cargo build --release --workspace --bins --target-dir "$out/counting"
for options in "" "--template classic" "--beside ro" "--language ro"; do
  # shellcheck disable=SC2086 # several options
  "$out/counting/release/kompetenz" batch assessments/nordstadt fixtures/results/many.csv \
    --issued 2026-11-22 --draft --quiet --out "$work/out-${options// /-}" $options
done
"$merge" merge -o "$work/seen.profdata" "$work/profiles"

echo "== the program" >&2
RUSTFLAGS="-Cprofile-use=$work/seen.profdata" cargo build --release --workspace --bins --target-dir "$out"
