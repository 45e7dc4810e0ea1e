"""Two people wrote the same form: whose word stands where, so that nobody's is lost."""

from collections.abc import Mapping
from dataclasses import dataclass

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Clash:
    """One field both changed: what the writer has, and what stands there by now."""

    field: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """`values` to save, and the clashes somebody has to decide; in them `values` has the writer's word."""

    values: dict[str, str]
    clashes: list[Clash]


def merge(base: Texts | None, mine: Texts, theirs: Texts) -> Merged:
    """The writer's changes since `base` over what stands there now; without it each difference clashes."""
    values, clashes = {}, []
    for field, wrote in mine.items():
        now = theirs.get(field, "")
        before = None if base is None else base.get(field, "")
        values[field] = now if wrote == before else wrote
        if now not in (wrote, before) and wrote != before:
            clashes.append(Clash(field, wrote, now))
    return Merged(values, clashes)
