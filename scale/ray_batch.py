"""The same batch through Ray: python scale/ray_batch.py, with the variables of part.sh.

On one machine Ray starts itself; on a cluster (`ray job submit`), every node needs the program, this folder and the
drive that the variables name.
"""

import os
import subprocess
from pathlib import Path

import ray

HERE = Path(__file__).resolve().parent
SHARED = ("ASSESSMENT", "RESULTS", "ISSUED", "OUT", "PARTS", "KOMPETENZ", "ISSUER")


# The program spreads its own work over the cores it finds; a task is a whole part, so a few cores belong to it.
# A node that is lost takes its task with it. Started elsewhere, the part goes on where it was.
@ray.remote(num_cpus=int(os.environ.get("CPUS_PER_PART", "1")), max_retries=3)
def make(part: int, variables: dict[str, str]) -> int:
    subprocess.run([HERE / "part.sh", str(part)], check=True, env={**os.environ, **variables})
    return part


def main() -> None:
    # Workers on other nodes do not have the environment of this one.
    variables = {name: os.environ[name] for name in SHARED if name in os.environ}
    ray.init(include_dashboard=False)
    waiting = [make.remote(part, variables) for part in range(1, int(variables["PARTS"]) + 1)]
    while waiting:
        done, waiting = ray.wait(waiting)
        # Raises what a part has failed with.
        print(f"part {ray.get(done[0])} is made, {len(waiting)} left", flush=True)
    subprocess.run([HERE / "join.sh"], check=True)


if __name__ == "__main__":
    main()
