"""Days a brand makes its own: the same rules, from data somebody typed, so everything is checked."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from events.holidays.info import Colours, Dates, HolidayInfo, Own
from events.holidays.rules import CIVIL_RULES, Rule

# What a brand may date its days by; the other rules belong to one festival each.
OWN_RULES = ("fixed", "nth-weekday", "lunar", "easter")


def rule_of(values: Mapping[str, Any]) -> Rule:
    """A rule from `{"rule": name, …}` as it stands in a brand's row.

    Raises ValueError for a rule a brand may not use, an unknown or missing value, or one out of range.
    """
    given = dict(values)
    name = given.pop("rule", None)
    if name not in OWN_RULES:
        raise ValueError(f"there is no rule {name!r}; a day may use {', '.join(OWN_RULES)}")
    kind: Any = CIVIL_RULES[name]
    fields = {field.name: field for field in dataclasses.fields(kind)}
    if unknown := given.keys() - fields.keys():
        raise ValueError(f"{name} takes no {', '.join(sorted(unknown))}")
    missing = {key for key, field in fields.items() if field.default is dataclasses.MISSING} - given.keys()
    if missing:
        raise ValueError(f"{name} needs {', '.join(sorted(missing))}")
    for key, value in given.items():
        wanted = str if isinstance(fields[key].default, str) or key == "weekday" else int
        if type(value) is not wanted:
            raise ValueError(f"{key} of {name} must be {wanted.__name__}, not {value!r}")
    rule: Rule = kind(**given)
    return rule


def own_info(
    key: str,
    *,
    names: Mapping[str, str],
    greetings: Mapping[str, str],
    colours: Colours,
    markets: Iterable[str],
    rule: Mapping[str, Any],
    days: int,
    note: str = "",
) -> HolidayInfo:
    """A brand's day in the shape of the house's own. Raises ValueError on a rule that makes no sense."""
    first = Own("en", names["en"], greetings.get("en", ""), frozenset())
    others = tuple(
        Own(tag, name, greetings.get(tag, ""), _home(tag)) for tag, name in names.items() if tag != "en"
    )
    return HolidayInfo(
        key=key,
        names=dict(names),
        greetings=dict(greetings),
        writings=(first, *others),
        colours=colours,
        dates=(Dates(frozenset(markets), rule_of(rule), days),),
        kept_by={"en": note} if note else {},
        is_own=True,
    )


def _home(tag: str) -> frozenset[str]:
    """Where a name in this language is the day's own writing."""
    return frozenset({"CN"}) if tag == "zh-Hans" else frozenset()
