"""The shop whose clock stands, filled before it is looked at: `python -m tests.e2e.filled <folder>`.

What was in the folder is gone. The shop is good for one look: its states change it.
"""

import shutil
import sys
from pathlib import Path

from tests.e2e.stack import Stack

# Always the same: pages show their own address.
PORT = 18710


def still_stack(var: Path) -> Stack:
    """The demo at a moment that does not pass."""
    return Stack(var=var, port=PORT, media_port=PORT + 1, still=True)


def main(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    still_stack(folder).fill()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
