"""How often one person may call the API: a fixed window counted by the cache, exact under parallel calls."""

import time

from django.core.cache import cache
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.domain.viewers import peek_viewer


class WindowThrottle(SimpleRateThrottle):
    """DRF's throttles read, then write, and parallel calls slip through; here one atomic step decides."""

    duration: int
    num_requests: int

    def applies_to(self, request: Request) -> bool:
        raise NotImplementedError

    def allow_request(self, request: Request, view: object) -> bool:
        if not self.applies_to(request):
            return True
        now = time.time()
        self.window_end = (int(now // self.duration) + 1) * self.duration
        key = f"throttle:{self.scope}:{self.who(request)}:{self.window_end}"
        try:
            cache.add(key, 0, timeout=self.duration + 1)
            return bool(cache.incr(key) <= self.num_requests)
        except ValueError:
            # The cache forgot it between the two calls: better one too many than a failure.
            return True

    def wait(self) -> float:
        return float(self.window_end - time.time())

    def who(self, request: Request) -> str:
        viewer = peek_viewer(request)
        return viewer.key if viewer and viewer.user else self.get_ident(request)


class ReadThrottle(WindowThrottle):
    scope = "read"

    def applies_to(self, request: Request) -> bool:
        return request.method in SAFE_METHODS


class WriteThrottle(WindowThrottle):
    scope = "write"

    def applies_to(self, request: Request) -> bool:
        return request.method not in SAFE_METHODS
