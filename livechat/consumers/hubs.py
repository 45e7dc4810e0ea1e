"""The hub of this process."""

import asyncio
from weakref import WeakKeyDictionary

from livechat.consumers.record import Record
from livechat.wire.hub import Hub

_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def hub_here() -> Hub:
    """The hub of the running event loop; a server process has one."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(Record())
    return _hubs[loop]
