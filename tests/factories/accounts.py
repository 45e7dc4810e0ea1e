"""People and mails for tests."""

from datetime import datetime
from itertools import count

from accounts.models import Mail, User

PASSWORD = "see-now-test-2026"
_number = count(1)


def make_user(**over: object) -> User:
    """An account with a confirmed look: unique address, `PASSWORD`, a display name."""
    n = next(_number)
    fields: dict[str, object] = {
        "email": f"person{n}@test.example",
        "password": PASSWORD,
        "display_name": f"Person {n}",
    }
    return User.objects.create_user(**(fields | over))  # type: ignore[arg-type]  # free-form test data


def make_superuser(**over: object) -> User:
    """The platform's admin."""
    return make_user(**({"is_staff": True, "is_superuser": True} | over))


def make_mail(*, now: datetime, **over: object) -> Mail:
    """An outbox row due at `now`."""
    fields: dict[str, object] = {"to": "reader@test.example", "subject": "Hello", "text": "Good evening."}
    return Mail.objects.create(**(fields | {"created_at": now, "next_try_at": now} | over))
