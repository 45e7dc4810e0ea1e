"""Reads `data/` into checked, immutable facts. Loud on nonsense, so a wrong table never dates a show."""

import dataclasses
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from events.holidays.info import Dates, HolidayInfo, Lead, Own
from events.holidays.lunisolar import SKY_RULES
from events.holidays.rules import CIVIL_RULES, Rule, by_year, table

DATA = Path(__file__).with_name("data")
MARKETS = "markets.toml"  # how parcels travel there, for leadtime.py; every other file holds holidays
ALWAYS = {"en", "zh-Hans"}
READABLE = 4.5  # WCAG 2.2 AA for text
KNOWN = {"names", "greetings", "own", "colours", "dates", "who", "customs", "avoid", "relevance", "lead"}
# The words of `Product.category`; a holiday that names another one is a slip of the pen.
CATEGORIES = {
    "silk", "leather", "scent", "care", "colour", "watches", "jewellery", "tea", "home", "sweets", "wine",
    "toys", "fashion",
}  # fmt: skip
MOST = 3
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

RULES: dict[str, type[Rule]] = CIVIL_RULES | SKY_RULES


@cache
def load() -> dict[str, HolidayInfo]:
    """All holidays by key. Raises ValueError or TypeError, naming the holiday, on a wrong table."""
    found: dict[str, HolidayInfo] = {}
    for path in sorted(DATA.glob("*.toml")):
        if path.name == MARKETS:
            continue
        for key, values in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if key in found:
                raise ValueError(f"{key} stands in two files")
            found[key] = holiday(key, values)
    return found


@cache
def markets() -> tuple[str, ...]:
    """The ISO 3166 codes of every market that keeps at least one holiday, sorted."""
    return tuple(sorted({code for info in load().values() for code in info.markets}))


@cache
def carriers() -> dict[str, dict[str, Any]]:
    """Per market how parcels travel: working days on the way, days of rest, holidays they stand still on."""
    found: dict[str, dict[str, Any]] = tomllib.loads((DATA / MARKETS).read_text(encoding="utf-8"))
    return found


def holiday(key: str, values: Mapping[str, Any]) -> HolidayInfo:
    """One table as facts. Raises ValueError that names what is wrong."""
    if unknown := values.keys() - KNOWN:
        raise ValueError(f"{key} says {sorted(unknown)}; there is only {sorted(KNOWN)}")
    for part in ("names", "greetings", "who", "customs", "avoid"):
        _said_in_both(key, part, values)
    colours = tuple(values["colours"])
    if len(colours) != 2 or contrast(*colours) < READABLE:  # noqa: PLR2004 - ground and writing
        raise ValueError(f"{key} cannot be read: {colours} need a contrast of {READABLE}")
    relevance = values["relevance"]
    if wrong := {
        word for word, much in relevance.items() if word not in CATEGORIES or much not in range(1, MOST + 1)
    }:
        raise ValueError(f"{key} has no such relevance: {sorted(wrong)}")
    return HolidayInfo(
        key=key,
        names=values["names"],
        greetings=values["greetings"],
        writings=tuple(_own(own) for own in values["own"]),
        colours=(colours[0], colours[1]),
        dates=tuple(dates(key, one) for one in values["dates"]),
        kept_by=values["who"],
        gifts={tag: tuple(lines) for tag, lines in values["customs"].items()},
        taboos={tag: tuple(lines) for tag, lines in values["avoid"].items()},
        relevances=relevance,
        lead=Lead(**values.get("lead", {})),
    )


def _said_in_both(key: str, part: str, values: Mapping[str, Any]) -> None:
    said = values.get(part, {})
    missing = {tag for tag in ALWAYS if not said.get(tag)}
    if missing:
        raise ValueError(f"{key} has no {part} in {sorted(missing)}")


def _own(values: Mapping[str, Any]) -> Own:
    return Own(**(dict(values) | {"markets": frozenset(values.get("markets", ()))}))


def dates(key: str, values: Mapping[str, Any]) -> Dates:
    """One group of markets with its rule. Raises ValueError for a rule or value there is not."""
    given = dict(values)
    name, group = given.pop("rule"), frozenset(given.pop("markets"))
    days, tentative = given.pop("days", 1), given.pop("tentative", False)
    published, source = by_year(given.pop("published", [])), given.pop("source", "")
    if published and not source:
        raise ValueError(f"{key} has published dates without their source")
    return Dates(group, _rule(key, name, given), days, tentative, published, source)


def _rule(key: str, name: str, values: Mapping[str, Any]) -> Rule:
    if name == "table":
        return table(_days(values["dates"]))
    if name not in RULES:
        raise ValueError(f"{key} asks for the rule {name!r}; there are {sorted(RULES)} and 'table'")
    kind: Any = RULES[name]
    if unknown := values.keys() - {field.name for field in dataclasses.fields(kind)}:
        raise ValueError(f"{key}: {name} takes no {sorted(unknown)}")
    rule: Rule = kind(**values)
    return rule


def _days(values: Iterable[date]) -> list[date]:
    return list(values)


def contrast(one: str, other: str) -> float:
    """The WCAG contrast of two colours as `#rrggbb`, 1 to 21. Raises ValueError for anything else."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    if not COLOUR.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour like #9E1B16")
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]  # noqa: PLR2004 - sRGB
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
