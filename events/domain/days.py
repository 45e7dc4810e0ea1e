"""Days a brand makes its own: kept as rows, dated by the rules of the house."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.codes import new_public_id
from catalog.models import Brand
from events.domain.concerned import Concerned, concerned, repoint, tell_hosts
from events.errors import BadDay, EditConflict
from events.holidays import FIRST_YEAR, LAST_YEAR, days_of_info, markets, rule_of
from events.holidays.book import READABLE, contrast
from events.models import HolidayOccurrence, MovedDay, OwnDay

LONGEST = 40  # days: Lent is the longest feast anybody plans for
SHOWN = 5
LANGUAGES = ("en", "zh-Hans")


@dataclass(frozen=True, slots=True)
class DayData:
    """What a brand says of its day; `rule` as in the data of the house, e.g. `{"rule": "fixed", …}`."""

    names: Mapping[str, str]
    markets: Sequence[str]
    rule: Mapping[str, Any]
    ground: str
    ink: str
    greetings: Mapping[str, str] = field(default_factory=dict)
    days: int = 1
    note: str = ""

    def checked(self) -> dict[str, Any]:
        """The columns of the row. Raises BadDay that names the first field that is wrong."""
        _need(self.names.get("en"), "name_en", _("Give it an English name."))
        _need(self.names.get("zh-Hans"), "name_zh", _("Give it a Chinese name."))
        _need(self.markets, "markets", _("Choose at least one market."))
        unknown = sorted(set(self.markets) - set(markets()))
        _need(not unknown, "markets", _("There is no market %(codes)s.") % {"codes": ", ".join(unknown)})
        _need(1 <= self.days <= LONGEST, "days", _("A day lasts 1 to %(most)d days.") % {"most": LONGEST})
        self._readable()
        self._datable()
        kept = {tag: text for tag, text in self.names.items() if text}
        wishes = {tag: text for tag, text in self.greetings.items() if text}
        return {
            "names": kept,
            "greetings": wishes,
            "markets": sorted(set(self.markets)),
            "rule": dict(self.rule),
            "ground": self.ground.upper(),
            "ink": self.ink.upper(),
            "days": self.days,
            "note": self.note,
        }

    def _readable(self) -> None:
        for colour, place in ((self.ground, "ground"), (self.ink, "ink")):
            try:
                contrast(colour, "#000000")
            except ValueError:
                raise BadDay(place, _("Write a colour like #9E1B16.")) from None
        ratio = contrast(self.ground, self.ink)
        _need(
            ratio >= READABLE,
            "ink",
            _(
                "The writing cannot be read on its ground: "
                "contrast %(ratio).1f, at least %(least).1f is needed."
            )
            % {"ratio": ratio, "least": READABLE},
        )

    def _datable(self) -> None:
        try:
            rule_of(self.rule)
        except (ValueError, TypeError):
            raise BadDay("rule", _("This rule gives no days. Check its numbers.")) from None


def _need(holds: object, place: str, message: str) -> None:
    if not holds:
        raise BadDay(place, message)


def make_day(brand: Brand, data: DayData) -> OwnDay:
    """A new day of `brand`. Raises BadDay."""
    # The key stands in a stylesheet everybody may read, so it says nothing of whose day it is or which.
    return OwnDay.objects.create(brand=brand, key=f"own-{new_public_id()[:12].lower()}", **data.checked())


@transaction.atomic
def edit_day(day: OwnDay, data: DayData, *, version: int, origin: str, now: datetime) -> Concerned:
    """Write `data` if the day still has `version`; shows on a date it leaves follow it within the year.

    Their hosts are told. Raises BadDay, and EditConflict when somebody saved meanwhile.
    """
    columns = data.checked()
    if not OwnDay.objects.filter(pk=day.pk, version=version).update(**columns, version=F("version") + 1):
        raise EditConflict(
            _("Somebody else has saved this day meanwhile. Your text is below; compare and save again.")
        )
    day.refresh_from_db()
    found = Concerned()
    moved = set(MovedDay.objects.filter(key=day.key).values_list("market", "starts_on"))
    for row in day.occurrences.order_by("starts_on"):
        if (row.market, row.starts_on) not in moved:
            found += _follow(day, row, origin=origin, now=now)
    day.occurrences.filter(events__isnull=True, editions__isnull=True).delete()
    return found


def _follow(day: OwnDay, row: HolidayOccurrence, *, origin: str, now: datetime) -> Concerned:
    """Let what stands on `row` stand on the day of the same year, when the rule left this one."""
    new = days_of_info(day.info, row.starts_on.year, row.market)
    if same := next((one for one in new if one.starts_on == row.starts_on), None):
        HolidayOccurrence.objects.filter(pk=row.pk).update(ends_on=same.ends_on)
        return Concerned()
    found = concerned(day.key, row.market, row.starts_on, day.brand, now=now)
    to = new[0] if new else None
    tell_hosts(found, day.info, row.starts_on, to.starts_on if to else None, origin=origin, now=now)
    repoint(found, to)
    return found


@transaction.atomic
def delete_day(day: OwnDay) -> None:
    """Take the day away. Raises BadDay while a show or an edition stands on one of its dates."""
    titles = [*_titles(day, "events"), *_titles(day, "editions")]
    if titles:
        raise BadDay(
            "delete",
            _("It cannot go while this stands on it: %(titles)s. Choose another day for it first.")
            % {"titles": ", ".join(titles[:5])},
        )
    day.occurrences.all().delete()
    day.delete()


def _titles(day: OwnDay, relation: str) -> list[str]:
    rows = day.occurrences.filter(**{f"{relation}__isnull": False})
    return list(rows.values_list(f"{relation}__title", flat=True).distinct())


def next_dates(
    rule: Mapping[str, Any], *, today: date, days: int = 1, count: int = SHOWN
) -> list[tuple[date, date]]:
    """The next `count` occurrences a rule gives, first and last day. Raises ValueError on a wrong rule."""
    dated = rule_of(rule)
    years = range(max(today.year - 1, FIRST_YEAR), min(today.year + count + 2, LAST_YEAR) + 1)
    starts = [start for year in years for start in dated.starts(year)]
    spans = [(start, start + timedelta(days=days - 1)) for start in starts]
    return [span for span in spans if span[1] >= today][:count]
