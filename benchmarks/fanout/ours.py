"""SeeNow's own application for the benchmark: `config.asgi` with at most its tick changed.

`FANOUT_TICK` is the tick in seconds, empty for the one SeeNow ships with.
"""

import os

from config.asgi import application
from livechat.wire import feed

if tick := os.environ.get("FANOUT_TICK"):
    feed.TICK = float(tick)

__all__ = ["application"]
