"""A show's revisions in words: what was changed from what to what, by whom, and whether it can come back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.dates import date_format
from catalog.models import Product
from events.domain.lifecycle import percent
from events.domain.revisions import UNDO
from events.domain.snapshot import Change
from events.domain.walltime import wall_of
from events.enums import OVER, Backdrop, TypeAccent
from events.models import Assortment, Event, HolidayOccurrence, Host, Revision

LONGEST = 140  # characters of a text shown in the list
TITLES = {
    "details": gettext_lazy("Details"),
    "look": gettext_lazy("Look"),
    "hosts": gettext_lazy("Hosts"),
    "lineup": gettext_lazy("Line-up"),
    "segments": gettext_lazy("Segments"),
    "checklist": gettext_lazy("Checklist"),
    "series": gettext_lazy("Changed with its series"),
    UNDO: gettext_lazy("Taken back"),
}
FIELDS = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "holiday": gettext_lazy("Holiday"),
    "edition": gettext_lazy("Edition"),
    "currency": gettext_lazy("Currency"),
    "time_zone": gettext_lazy("Time zone of the show"),
    "starts_at": gettext_lazy("Start"),
    "ends_at": gettext_lazy("End"),
    "shares": gettext_lazy("Hosts"),
    "ground": gettext_lazy("Ground"),
    "writing": gettext_lazy("Writing"),
    "accent": gettext_lazy("Accent"),
    "stage": gettext_lazy("Ground of the stage"),
    "glow": gettext_lazy("Accent on the stage"),
    "type_accent": gettext_lazy("Titles"),
    "backdrop": gettext_lazy("Pattern"),
    "talking_points": gettext_lazy("Talking points"),
    "cue": gettext_lazy("Cue notes"),
    "reveal_at": gettext_lazy("Shown from"),
    "due_on": gettext_lazy("Due on"),
    "text": gettext_lazy("Task"),
}
# Bookkeeping, or told by a number: "3 moved".
QUIET = {"position", "planned_second", "planned_on", "done_by", "kind"}
CHOICES = {"type_accent": TypeAccent, "backdrop": Backdrop}
MOMENTS = {"starts_at", "ends_at", "reveal_at"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed; `before` and `after` are empty when the words say it all."""

    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision for the page. `again` says that taking it back does an undone change again."""

    revision: Revision
    title: str
    lines: list[Line]
    open: bool
    again: bool


def rows(event: Event) -> QuerySet[Revision]:
    """The revisions of `event`, newest first."""
    return Revision.objects.filter(event=event).select_related("by", "undoes").order_by("-pk")


def entries(revisions: Sequence[Revision], event: Event) -> list[Entry]:
    """`revisions` in words, in three more queries however many."""
    names = _Names([change for revision in revisions for change in revision.changes], event)
    return [
        Entry(
            revision,
            str(TITLES.get(revision.what, revision.what)),
            _lines(revision.changes, names),
            open=revision.undone_at is None and event.state not in OVER,
            again=revision.undoes_id is not None,
        )
        for revision in revisions
    ]


def _lines(changes: Sequence[Change], names: "_Names") -> list[Line]:
    found = [_line(change, names) for change in changes if change["field"] not in QUIET]
    moved = {change["id"] for change in changes if change["field"] in {"position", "planned_second"}}
    if moved:
        words = ngettext("%(n)s piece moved", "%(n)s pieces moved", len(moved)) % {"n": len(moved)}
        found.append(Line(words))
    return found


def _line(change: Change, names: "_Names") -> Line:
    before, after, field = change["before"], change["after"], change["field"]
    if not field:
        piece = before or after
        named = {"what": names.piece(change["part"], piece)}
        return Line((_("“%(what)s” came in") if before is None else _("“%(what)s” went out")) % named)
    if field == "done_at":
        return Line(_("Ticked off") if after else _("Opened again"))
    label = str(FIELDS.get(field, field))
    return Line(label, names.value(field, before), names.value(field, after))


class _Names:
    """Numbers of rows as people call them, read once for all changes of a page."""

    def __init__(self, changes: Iterable[Change], event: Event) -> None:
        known = list(changes)
        self.zone = event.time_zone
        pieces = [piece for c in known if not c["field"] for piece in (c["before"], c["after"]) if piece]
        self.products = Product.objects.in_bulk({p["product"] for p in pieces if "product" in p})
        hosts = {
            row[0]
            for c in known
            if c["field"] == "shares"
            for side in (c["before"], c["after"])
            for row in side
        }
        self.hosts = Host.objects.in_bulk(hosts)
        self.editions = Assortment.objects.in_bulk(_pks(known, "edition"))
        self.holidays = HolidayOccurrence.objects.select_related("own_day").in_bulk(_pks(known, "holiday"))

    def piece(self, part: str, piece: dict[str, Any]) -> str:
        if part == "lineup":
            product = self.products.get(piece["product"])
            return product.name if product else _("a piece")
        return str(piece.get("title") or piece.get("text") or "")

    def value(self, field: str, value: Any) -> str:
        if value in (None, "", []):
            return "–"
        if field in MOMENTS:
            wall = wall_of(datetime.fromisoformat(value), self.zone)
            return f"{date_format(wall, 'j M Y')}, {wall:%H:%M}"
        if field == "shares":
            named = [(self.hosts.get(pk), share) for pk, share in value]
            return ", ".join(f"{host.name} {percent(share)} %" for host, share in named if host)
        rows: dict[str, Any] = {"edition": self.editions, "holiday": self.holidays}
        if field in rows:
            return str(rows[field].get(value, "–"))
        if field in CHOICES:
            return str(CHOICES[field](value).label)
        text = str(value)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _pks(changes: Iterable[Change], field: str) -> set[int]:
    return {c[side] for c in changes if c["field"] == field for side in ("before", "after") if c[side]}
