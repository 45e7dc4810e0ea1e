"""A person's language and time zone: what is valid, and where it is kept."""

from functools import cache
from zoneinfo import available_timezones

from django.conf import settings

from accounts.models import User

ZONE_COOKIE = "seenow_zone"
YEAR = 31_536_000
# Names kept by the zone database for old systems only; people look for Area/City.
OLD_AREAS = ("Etc/", "SystemV/", "US/", "Canada/", "Brazil/", "Chile/", "Mexico/")


@cache
def zones() -> frozenset[str]:
    """Every IANA zone this host knows."""
    return frozenset(available_timezones())


@cache
def offered_zones() -> tuple[str, ...]:
    """The zones people choose from, by area and city, UTC last."""
    cities = (zone for zone in zones() if "/" in zone and not zone.startswith(OLD_AREAS))
    return (*sorted(cities), "UTC")


def zone_or_blank(name: str | None) -> str:
    """`name` when it is an IANA zone, else the empty string."""
    return name if name in zones() else ""


def language_or_blank(code: str | None) -> str:
    """`code` when we speak it, else the empty string."""
    return code if code in dict(settings.LANGUAGES) else ""


def prefer(user: User, *, language: str | None = None, time_zone: str | None = None) -> None:
    """Keep what is given and valid on the account; None leaves a value as it is."""
    wanted = {"language": language_or_blank(language), "time_zone": zone_or_blank(time_zone)}
    given = {name: value for name, value in wanted.items() if value and getattr(user, name) != value}
    if given:
        User.objects.filter(pk=user.pk).update(**given)
    for name, value in given.items():
        setattr(user, name, value)
