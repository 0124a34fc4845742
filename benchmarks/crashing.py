"""Whether an index survives kill -9: `python -m benchmarks.crashing [ROUNDS]`.

A writer saves one document after the other and now and then writes the whole index anew; it is
killed at any moment. Then the index has to open, to hold all that was told of, and after a
sync to answer as one made anew.
"""

import random
import sys
import tempfile
from pathlib import Path

from tests.crashing import differences, kill_while_it_writes

ROUNDS = 50
SEED = 7


def main(rounds: int) -> None:
    """Kill so many writers, and print what was wrong after."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    failed = 0
    for number in range(rounds):
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary) / "index"
            wrong = differences(folder, kill_while_it_writes(folder, chance))
        failed += bool(wrong)
        for one in wrong:
            print(f"{number}: {one}")
    print(f"{rounds} killed, {failed} with a fault")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
