"""A holiday kept on other days than its rule says: a government's bridge, or one brand's own choice."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Brand
from events.domain.calendar import find_day
from events.domain.concerned import Concerned, concerned, repoint, tell_hosts
from events.errors import BadDay, EditConflict
from events.holidays import FIRST_YEAR, LAST_YEAR, HolidayInfo, Occurrence, days_of_info
from events.models import MovedDay, OwnDay

FARTHEST, LONGEST = 60, 60  # days


@dataclass(frozen=True, slots=True)
class Ruled:
    """An occurrence as its rule gives it, and what staff made of it; `brand` None speaks for everybody."""

    day: Occurrence
    brand: Brand | None
    move: MovedDay | None

    @property
    def kept_on(self) -> date | None:
        """The first day it is kept on now; None when it is not kept that year."""
        return self.move.starts_on if self.move else self.day.starts_on

    @property
    def seen(self) -> str:
        """What a form remembers, to notice that somebody else moved it meanwhile."""
        return self.move.at.isoformat() if self.move else ""


def ruled(info: HolidayInfo, market: str, rule_date: date, brand: Brand | None) -> Ruled | None:
    """The occurrence that begins on `rule_date` by the rule; None when the rule gives none."""
    if not FIRST_YEAR <= rule_date.year <= LAST_YEAR:
        return None
    days = days_of_info(info, rule_date.year, market)
    day = next((one for one in days if one.starts_on == rule_date), None)
    if day is None:
        return None
    move = MovedDay.objects.filter(brand=brand, key=info.key, market=market, rule_date=rule_date).first()
    return Ruled(day, brand, move)


@transaction.atomic
def move_day(
    place: Ruled,
    *,
    starts_on: date | None,
    ends_on: date | None,
    reason: str,
    seen: str,
    by: User,
    origin: str,
    now: datetime,
) -> Concerned:
    """Keep the day from `starts_on` to `ends_on` instead, or without them not at all that year.

    Shows and editions on it follow, their hosts are told. Raises BadDay for days that cannot be, EditConflict
    when somebody moved it since `seen`, PermissionDenied when `by` may not speak for everybody.
    """
    _check(place, starts_on, ends_on, reason)
    _allowed(place, by)
    before = _standing(place)
    _unchanged(place, seen)
    try:
        with transaction.atomic():
            MovedDay.objects.update_or_create(
                brand=place.brand,
                key=place.day.key,
                market=place.day.market,
                rule_date=place.day.starts_on,
                defaults={"starts_on": starts_on, "ends_on": ends_on, "reason": reason, "by": by, "at": now},
            )
    except IntegrityError:  # somebody moved it in the same moment
        raise EditConflict(_moved_meanwhile()) from None
    return _follow(place, before, starts_on, origin=origin, now=now)


@transaction.atomic
def restore_day(place: Ruled, *, seen: str, by: User, origin: str, now: datetime) -> Concerned:
    """Back to the rule. Raises as `move_day` does."""
    _allowed(place, by)
    before = _standing(place)
    _unchanged(place, seen)
    if place.move is not None:
        place.move.delete()
    return _follow(place, before, _now_kept(place), origin=origin, now=now)


def _check(place: Ruled, starts_on: date | None, ends_on: date | None, reason: str) -> None:
    if not reason.strip():
        raise BadDay("reason", _("Say why, or who decided it."))
    if starts_on is None or ends_on is None:
        return
    if ends_on < starts_on:
        raise BadDay("ends_on", _("It ends before it begins."))
    if (ends_on - starts_on).days >= LONGEST:
        raise BadDay("ends_on", _("A holiday lasts %(most)d days at most.") % {"most": LONGEST})
    if abs(starts_on - place.day.starts_on) > timedelta(days=FARTHEST):
        raise BadDay(
            "starts_on",
            _("That is more than %(most)d days from its rule. Make it a day of your own instead.")
            % {"most": FARTHEST},
        )
    taken = find_day(place.day.key, place.day.market, starts_on, place.brand)
    if taken and starts_on not in {place.day.starts_on, place.kept_on}:
        raise BadDay("starts_on", _("This holiday is kept on that day already."))


def _allowed(place: Ruled, by: User) -> None:
    if place.brand is None and not by.is_superuser:
        raise PermissionDenied
    if place.day.info.is_own and not OwnDay.objects.filter(key=place.day.key, brand=place.brand).exists():
        raise PermissionDenied


def _unchanged(place: Ruled, seen: str) -> None:
    rows = MovedDay.objects.select_for_update().filter(
        brand=place.brand, key=place.day.key, market=place.day.market, rule_date=place.day.starts_on
    )
    now = rows.first()
    if (now.at.isoformat() if now else "") != seen:
        raise EditConflict(_moved_meanwhile())


def _moved_meanwhile() -> str:
    return _("Somebody else has moved this day meanwhile. Look at it again before you save.")


def _standing(place: Ruled) -> date | None:
    """Where the shows on it stand now: moved by the brand, else by the platform, else by the rule."""
    return place.kept_on if place.move else _now_kept(place)


def _now_kept(place: Ruled) -> date | None:
    everybody = MovedDay.objects.filter(
        brand=None, key=place.day.key, market=place.day.market, rule_date=place.day.starts_on
    ).first()
    return everybody.starts_on if everybody else place.day.starts_on


def _follow(
    place: Ruled, before: date | None, after: date | None, *, origin: str, now: datetime
) -> Concerned:
    # A day that was not kept left its shows on the rule's date.
    stood = before or place.day.starts_on
    if stood == after:
        return Concerned()
    day = place.day
    own_words = MovedDay.objects.filter(
        brand__isnull=False, key=day.key, market=day.market, rule_date=day.starts_on
    )
    others = () if place.brand else tuple(pk for pk in own_words.values_list("brand", flat=True) if pk)
    found = concerned(day.key, day.market, stood, place.brand, besides=others, now=now)
    tell_hosts(found, day.info, stood, after, origin=origin, now=now)
    repoint(found, find_day(day.key, day.market, after, place.brand) if after else None)
    return found
