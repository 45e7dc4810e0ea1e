"""Reads data.toml into checked, immutable facts. Loud on nonsense, so a wrong table never dates a show."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hijridate import Gregorian

from events.holidays.rules import RULES, Rule, table

DATA = Path(__file__).with_name("data.toml")
HIJRI_MONTH = "hijri-month"

Colours = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Own:
    """How the day writes itself: a BCP 47 tag, its name in that script and what people wish each other."""

    lang: str
    name: str
    greeting: str
    markets: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dates:
    """When a group of markets keeps the day."""

    markets: frozenset[str]
    rule: Rule
    days: int | str = 1
    tentative: bool = False

    def ends(self, start: date) -> date:
        """The last day of the holiday that begins on `start`."""
        if self.days == HIJRI_MONTH:
            length = Gregorian(start.year, start.month, start.day).to_hijri().month_length()
            return start + timedelta(days=length - 1)
        return start + timedelta(days=int(self.days) - 1)


@dataclass(frozen=True, slots=True)
class HolidayInfo:
    """A holiday without its dates: names, its own writing, greeting and two colours (ground, ink)."""

    key: str
    names: Mapping[str, str]
    writings: tuple[Own, ...]
    colours: Colours
    dates: tuple[Dates, ...]

    @property
    def native(self) -> str:
        return self.writings[0].name

    @property
    def native_lang(self) -> str:
        return self.writings[0].lang

    @property
    def greeting(self) -> str:
        return self.writings[0].greeting

    def name(self, language: str) -> str:
        """The name in `language` (BCP 47, any case; `zh-hans` as Django writes it), English when unknown."""
        wanted = language.lower()
        by_tag = {tag.lower(): name for tag, name in self.names.items()}
        return by_tag.get(wanted) or by_tag.get(wanted.split("-")[0]) or self.names["en"]

    def own(self, market: str) -> Own:
        """How the day is written in `market`; its default writing where the market has none of its own."""
        return next((own for own in self.writings if market in own.markets), self.writings[0])


@cache
def load() -> dict[str, HolidayInfo]:
    """All holidays by key, in the order of the year. Raises ValueError or TypeError on a wrong table."""
    raw = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {key: _holiday(key, values) for key, values in raw.items()}


@cache
def markets() -> tuple[str, ...]:
    """The ISO 3166 codes of every market that keeps at least one holiday, sorted."""
    return tuple(sorted({code for info in load().values() for dates in info.dates for code in dates.markets}))


def _holiday(key: str, values: dict[str, Any]) -> HolidayInfo:
    missing = {"en", "zh-Hans"} - values["names"].keys()
    if missing:
        raise ValueError(f"{key} has no name in {sorted(missing)}")
    ground, ink = values["colours"]
    return HolidayInfo(
        key=key,
        names=values["names"],
        writings=tuple(_own(own) for own in values["own"]),
        colours=(ground, ink),
        dates=tuple(_dates(key, dict(dates)) for dates in values["dates"]),
    )


def _own(values: dict[str, Any]) -> Own:
    return Own(**(values | {"markets": frozenset(values.get("markets", ()))}))


def _dates(key: str, values: dict[str, Any]) -> Dates:
    name, group = values.pop("rule"), frozenset(values.pop("markets"))
    days, tentative = values.pop("days", 1), values.pop("tentative", False)
    if name != "table" and name not in RULES:
        raise ValueError(f"{key} asks for the rule {name!r}; there are {sorted(RULES)} and 'table'")
    rule = table(values["dates"]) if name == "table" else RULES[name](**values)
    return Dates(markets=group, rule=rule, days=days, tentative=tentative)
