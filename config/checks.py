"""What an installation must not be. Commands report it, web processes and workers refuse to start."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50


def safe_installation(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Everything wrong with this installation; empty when it may serve people."""
    found = [*_several_processes()]
    if settings.PRODUCTION:
        found += _production()
    return list(found)


def refuse_unsafe_start() -> None:
    """Raise `ImproperlyConfigured` naming every problem, so that no process serves with one."""
    problems = safe_installation()
    if problems:
        lines = "\n".join(f"  {p.id} {p.msg} {p.hint}" for p in problems)
        raise ImproperlyConfigured(f"SeeNow refuses to start:\n{lines}")


def _several_processes() -> Iterator[CheckMessage]:
    if settings.WEB_PROCESSES == 1:
        return
    count = f"with {settings.WEB_PROCESSES} web processes"
    if "InMemory" in str(settings.CHANNEL_LAYERS["default"]["BACKEND"]):
        yield Error(f"The channel layer is in-process {count}.", hint="Set REDIS_URL.", id="seenow.E001")
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield Error(f"The database is SQLite {count}.", hint="Set DATABASE_URL.", id="seenow.E002")
    if "locmem" in str(settings.CACHES["default"]["BACKEND"]):
        yield Error(f"The cache is in-process {count}.", hint="Set REDIS_URL.", id="seenow.E003")


def _production() -> Iterator[CheckMessage]:
    if settings.DEBUG:
        yield Error("DEBUG is on in production.", hint="Leave DEBUG unset.", id="seenow.E010")
    if settings.SECRET_KEY == settings.DEFAULT_SECRET_KEY or len(settings.SECRET_KEY) < SHORTEST_KEY:
        hint = f"Set SECRET_KEY to at least {SHORTEST_KEY} random characters."
        yield Error("SECRET_KEY is the default one or too short.", hint=hint, id="seenow.E011")
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        hint = "Set ALLOWED_HOSTS to the names people use, separated by commas."
        yield Error("ALLOWED_HOSTS is empty or allows every name.", hint=hint, id="seenow.E012")
    if settings.DEMO:
        hint = "Leave SEENOW_DEMO unset: it lets anybody sign in as staff."
        yield Error("The demo is on in production.", hint=hint, id="seenow.E013")
    if "sandbox" in settings.PAYMENT_PROVIDERS:
        hint = "Take sandbox out of PAYMENT_PROVIDERS: it approves payments without money."
        yield Error("Sandbox payments are on in production.", hint=hint, id="seenow.E014")
    if settings.MAIL_TRANSPORT.endswith((".dummy.EmailBackend", ".locmem.EmailBackend")):
        yield Error("Mails go nowhere in production.", hint="Set MAIL_TRANSPORT.", id="seenow.E015")
    if settings.RELEASE == "dev":
        hint = "Set SEENOW_RELEASE to a name of this release: browsers keep its files for a year."
        yield Error("The release has no name.", hint=hint, id="seenow.E016")
