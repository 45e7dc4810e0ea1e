"""What accounts refuses, told to people by code."""

from django.utils.functional import Promise


class BadName(ValueError):
    """A display name nobody may carry. `code` is stable; `message` says what to do."""

    status = 400

    def __init__(self, code: str, message: str | Promise) -> None:
        super().__init__(code)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return str(self.message)
