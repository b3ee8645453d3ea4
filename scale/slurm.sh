#!/usr/bin/env bash
#SBATCH --job-name=kompetenz
#SBATCH --cpus-per-task=4
#SBATCH --mem=1G
#SBATCH --time=01:00:00
#SBATCH --requeue
# The same batch on a cluster with Slurm. From the folder above this one, with the variables of part.sh:
#
#   PARTS=16 ASSESSMENT=… RESULTS=… OUT=… ISSUED=2026-11-22 scale/slurm.sh
#
# submits an array job, a task for each part, and a job that joins them when all have succeeded. A task that is taken
# away and started again goes on where it was.
set -euo pipefail
# Slurm runs a copy of this file from elsewhere, so its neighbours are found from where it was submitted.
cd "${SLURM_SUBMIT_DIR:-$PWD}"

if [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
  exec scale/part.sh "$SLURM_ARRAY_TASK_ID"
elif [ "${1:-}" = join ]; then
  exec scale/join.sh
else
  parts=$(sbatch --parsable --array="1-${PARTS:?}" --export=ALL scale/slurm.sh)
  sbatch --dependency="afterok:${parts%%;*}" --export=ALL scale/slurm.sh join
fi
