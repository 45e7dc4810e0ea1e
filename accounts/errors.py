"""What accounts refuses, told to people by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext


class BadName(ValueError):
    """A display name nobody may carry. `code` is stable; `message` says what to do."""

    status = 400

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class BadSubscription(ValueError):
    """What a browser sent is no address of a push service, or this installation sends no pushes."""

    status = 400
    code = "bad_subscription"

    def __str__(self) -> str:
        return gettext("This browser's push service is not one we can write to. Choose e-mail instead.")
