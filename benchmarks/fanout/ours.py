"""SeeNow's own application for the benchmark: `config.asgi` with at most its pace changed.

`FANOUT_TICK` is the tick in seconds and `FANOUT_LINES` the chat lines a second shown to one person (0: all of
them); empty, they are what SeeNow ships with.
"""

import os

from config.asgi import application
from livechat.wire import pace

if tick := os.environ.get("FANOUT_TICK"):
    pace.TICK = float(tick)
if lines := os.environ.get("FANOUT_LINES"):
    pace.LINES_PER_SECOND = float(lines)

__all__ = ["application"]
