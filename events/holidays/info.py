"""What is known of a holiday beside its dates: words, colours, customs, and how a show for it is prepared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, TypeVar

from hijridate import Gregorian

from events.holidays.rules import Rule

HIJRI_MONTH = "hijri-month"

Colours = tuple[str, str]
Texts = Mapping[str, str]
Lists = Mapping[str, tuple[str, ...]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Own:
    """How the day writes itself: a BCP 47 tag, its name in that script and what people wish each other."""

    lang: str
    name: str
    greeting: str
    markets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dates:
    """When a group of markets keeps the day. `published` dates replace the rule's in their years."""

    markets: frozenset[str]
    rule: Rule
    days: int | str = 1
    tentative: bool = False
    published: Mapping[int, tuple[date, ...]] = field(default_factory=dict)
    source: str = ""

    def starts(self, year: int) -> tuple[date, ...]:
        """The first days in `year`, in order."""
        known = self.published.get(year)
        return _by_rule(self.rule, year) if known is None else known

    def expected(self, year: int) -> bool:
        """Whether an authority may still move the days of `year`."""
        return self.tentative and year not in self.published

    def ends(self, start: date) -> date:
        """The last day of the holiday that begins on `start`."""
        if self.days == HIJRI_MONTH:
            # From the middle of the month, so that a sighting a day later still asks about the same month.
            middle = start + timedelta(days=14)
            length = Gregorian(middle.year, middle.month, middle.day).to_hijri().month_length()
            return start + timedelta(days=length - 1)
        return start + timedelta(days=int(self.days) - 1)


@lru_cache(maxsize=20_000)  # every rule of the house for every year it answers
def _by_rule(rule: Rule, year: int) -> tuple[date, ...]:
    return tuple(rule.starts(year))


@dataclass(frozen=True, slots=True)
class Lead:
    """How a show is prepared. A `gift` must arrive `arrive` days before the day and is shown `show` days
    before the last dispatch; a `sale` on the day itself. `presale` and `tease` count back from the show.
    """

    how: Literal["gift", "sale"] = "gift"
    arrive: int = 1
    show: int = 3
    presale: int = 7
    tease: int = 21


@dataclass(frozen=True, slots=True)
class HolidayInfo:
    """A holiday without its dates: names, its own writing, greeting, two colours (ground, ink) and notes.

    `relevances` says per product category how much the day is about it: 3 at its heart, 2 often given,
    1 now and then; categories that are not named have none.
    """

    key: str
    names: Texts
    greetings: Texts
    writings: tuple[Own, ...]
    colours: Colours
    dates: tuple[Dates, ...]
    kept_by: Texts = field(default_factory=dict)
    gifts: Lists = field(default_factory=dict)
    taboos: Lists = field(default_factory=dict)
    relevances: Mapping[str, int] = field(default_factory=dict)
    lead: Lead = field(default_factory=Lead)
    is_own: bool = False

    @property
    def native(self) -> str:
        return self.writings[0].name

    @property
    def native_lang(self) -> str:
        return self.writings[0].lang

    @property
    def greeting(self) -> str:
        return self.writings[0].greeting

    @property
    def markets(self) -> tuple[str, ...]:
        """Every market that keeps the day, sorted."""
        return tuple(sorted({code for dates in self.dates for code in dates.markets}))

    def name(self, language: str) -> str:
        """The name in `language` (BCP 47, any case; `zh-hans` as Django writes it), English when unknown."""
        return said(self.names, language) or self.names["en"]

    def greeting_in(self, language: str) -> str:
        """The wish as the reader says it, English when their language has none; may be empty."""
        return said(self.greetings, language) or self.greetings.get("en", "")

    def who(self, language: str) -> str:
        """Who keeps the day, in one or two sentences."""
        return said(self.kept_by, language) or self.kept_by.get("en", "")

    def customs(self, language: str) -> tuple[str, ...]:
        """What is given and how, one sentence each."""
        return said(self.gifts, language) or self.gifts.get("en", ())

    def avoid(self, language: str) -> tuple[str, ...]:
        """What hurts or embarrasses, one sentence each."""
        return said(self.taboos, language) or self.taboos.get("en", ())

    def relevance(self, category: str) -> int:
        """0 to 3: how much the day is about a product category."""
        return self.relevances.get(category, 0)

    def own(self, market: str) -> Own:
        """How the day is written in `market`; its default writing where the market has none of its own."""
        return next((own for own in self.writings if market in own.markets), self.writings[0])

    def kept_in(self, market: str) -> tuple[Dates, ...]:
        """The dates of the groups `market` belongs to."""
        return tuple(dates for dates in self.dates if market in dates.markets)


def said(by_tag: Mapping[str, T], language: str) -> T | None:
    """The entry for a BCP 47 tag in any case, else for its language alone; None when neither is there."""
    wanted = language.lower()
    lower = {tag.lower(): value for tag, value in by_tag.items()}
    return lower.get(wanted) or lower.get(wanted.split("-")[0])
