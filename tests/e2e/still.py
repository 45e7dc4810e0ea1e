"""Run a program of ours at a moment that does not pass: `python -m tests.e2e.still -m uvicorn …`.

The demo's world follows the clock, and its codes are drawn by lot; a picture of it is another one every
minute. Here the wall clock stands and the lot falls the same way every time, so two runs of the same
programs show the same world. What measures durations (`time.monotonic`) goes on as ever.
"""

import runpy
import secrets
import sys
from datetime import UTC, datetime
from random import Random

import time_machine

# A Friday evening in Paris, a week before the Lunar New Year and two before Valentine's Day.
MOMENT = datetime(2027, 1, 29, 19, 20, tzinfo=UTC)


def main(command: list[str]) -> None:
    """Become `command`: a script with its arguments, or `-m` and a module with its own."""
    # Each program has a lot of its own: two that drew the same codes would collide in the database.
    secrets.choice = Random(" ".join(command)).choice
    time_machine.travel(MOMENT, tick=False).start()
    if command[0] == "-m":
        sys.argv = command[1:]
        runpy.run_module(command[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = command
        runpy.run_path(command[0], run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
