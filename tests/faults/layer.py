"""A channel layer that loses, doubles and shuffles on purpose, around any other. See settings.py.

Channels calls this the resilience mode a layer should have: its own promise is at most once.
"""

import random
from typing import Any

from django.utils.module_loading import import_string


class FaultyLayer:
    """`base` is the real layer's dotted path; shares are between 0 and 1; a seed repeats its faults."""

    def __init__(
        self,
        *,
        base: str,
        drop: float = 0.0,
        double: float = 0.0,
        reorder: float = 0.0,
        seed: int = 1,
        **config: Any,
    ) -> None:
        self._inner = import_string(base)(**config)
        self._drop, self._double, self._reorder = drop, double, reorder
        self._random = random.Random(seed)
        self._kept: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        """Send as faulty as configured; a message kept back leaves after the next one."""
        if self._random.random() < self._drop:
            return
        if self._random.random() < self._reorder:
            self._kept.append((group, message))
            return
        kept, self._kept = self._kept, []
        again = [(group, message)] if self._random.random() < self._double else []
        for to, what in [(group, message), *again, *kept]:
            await self._inner.group_send(to, what)
