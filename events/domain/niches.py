"""The taxonomy of niches: read from a file, written once, brought up to date by reading it again."""

import re
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from events.models import Niche

OURS = Path(__file__).with_name("niches.toml")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class BadTaxonomy(ValueError):
    """The file does not describe a taxonomy; the message names the entry."""


@transaction.atomic
def load_niches(path: Path = OURS) -> int:
    """Write the groups and niches of a TOML file by their slugs; how many there are in it.

    Niches that are not in the file stay as they are. Raises BadTaxonomy and keeps nothing when an entry lacks
    its slug or its English name, or a slug comes twice.
    """
    groups = read(path)
    for group in groups:
        parent = _written(group, None)
        for niche in group["niche"]:
            _written(niche, parent)
    return sum(1 + len(group["niche"]) for group in groups)


def read(path: Path) -> list[dict[str, Any]]:
    """The groups of the file, checked, each with its list of niches."""
    try:
        groups = tomllib.loads(path.read_text(encoding="utf-8")).get("group", [])
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadTaxonomy(f"{path}: {error}") from error
    seen: set[str] = set()
    for group in groups:
        group.setdefault("niche", [])
        for entry in (group, *group["niche"]):
            _check(entry, seen)
    return groups


def _check(entry: dict[str, Any], seen: set[str]) -> None:
    slug = str(entry.get("slug", ""))
    if not SLUG.fullmatch(slug) or slug in seen:
        raise BadTaxonomy(f"slug {slug!r} is missing, malformed or there twice")
    seen.add(slug)
    if not entry.get("names", {}).get("en"):
        raise BadTaxonomy(f"{slug} has no English name")
    if not all(isinstance(category, str) for category in entry.get("categories", [])):
        raise BadTaxonomy(f"{slug}: categories are words")


def _written(entry: dict[str, Any], parent: Niche | None) -> Niche:
    fields = {
        "name": entry["names"]["en"],
        "names": entry["names"],
        "categories": entry.get("categories", []),
        "parent": parent,
    }
    return Niche.objects.update_or_create(slug=entry["slug"], defaults=fields)[0]
