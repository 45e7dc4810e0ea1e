"""Assortments: a holiday's edition, a new season, an off season. Made, changed, published and withdrawn.

Publishing decides whether people see the page. The days of sale hold either way: they are the pieces' own
(`events.domain.pieces`), and the shop asks for them wherever a piece is held or bought.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.codes import new_public_id
from catalog.domain.images import delete_renditions, render_image
from catalog.enums import ProductState
from catalog.models import Brand
from catalog.queries import Rendition
from events.domain.calendar import Occurrence, row_of
from events.domain.palette import check_palette
from events.domain.pieces import add_piece, edit_piece, keep_days, lock, move_piece, remove_piece
from events.domain.whats_left import whats_left
from events.enums import AssortmentKind, ChecklistKind
from events.errors import BadAssortment, EditConflict, NotReady
from events.holidays import HolidayInfo, leadtime
from events.holidays.regions import ZONES
from events.models import Assortment, HolidayOccurrence

__all__ = [
    "Suggested",
    "add_piece",
    "create_assortment",
    "draft_for",
    "edit_assortment",
    "edit_piece",
    "missing",
    "move_piece",
    "publish",
    "remove_picture",
    "remove_piece",
    "set_picture",
    "suggested",
    "whats_left",
    "withdraw",
    "zone_of",
]

EDITABLE = {
    "title", "holiday", "season", "story", "packaging", "ground", "ink", "opens_at", "closes_at",
}  # fmt: skip
TAKEN = {"new"}  # /studio/editions/new/ is the empty form
SLUG_LENGTH = 60
OPENS_AT = time(10, 0)  # on the market's clocks, when people are awake to see it


class Suggested(TypedDict):
    """What a holiday says of its edition."""

    title: str
    ground: str
    ink: str
    opens_at: datetime
    closes_at: datetime


def create_assortment(
    brand: Brand, *, kind: AssortmentKind | str, title: str, **fields: object
) -> Assortment:
    """A draft of `brand`; `fields` are those of EDITABLE, `opens_at` and `closes_at` always.

    BadAssortment names the field that is wrong: an edition without its holiday, a season without its name,
    a close before the opening, colours that cannot be read together.
    """
    made = Assortment(brand=brand, kind=kind, title=title, slug=_free_slug(title), **_known(fields))
    _check(made)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # two drafts of one title in the same moment
        made.slug = f"{made.slug}-{new_public_id()[:8].lower()}"
        made.save()
    return made


@transaction.atomic
def edit_assortment(assortment: Assortment, *, version: int, now: datetime, **changes: object) -> Assortment:
    """Write `changes` (of EDITABLE) if the assortment still has `version`; its pieces follow its days.

    EditConflict when somebody saved meanwhile, BadAssortment as in `create_assortment`.
    """
    for field, value in _known(changes).items():
        setattr(assortment, field, value)
    _check(assortment)
    fresh = Assortment.objects.filter(pk=assortment.pk, version=version)
    if not fresh.update(**changes, version=F("version") + 1):
        raise EditConflict(
            _("Somebody else has saved this meanwhile. Your text is below; compare and save again.")
        )
    assortment.version = version + 1
    keep_days(assortment, now=now)
    return assortment


def draft_for(brand: Brand, occurrence: HolidayOccurrence | Occurrence, *, now: datetime) -> Assortment:
    """An edition's draft for a holiday on its day, everything `suggested` filled in. BadAssortment."""
    row = _row(occurrence)
    return create_assortment(brand, kind=AssortmentKind.EDITION, holiday=row, **suggested(row, now=now))


def suggested(row: HolidayOccurrence, *, now: datetime) -> Suggested:
    """Title, colours, opening and close of an edition for a holiday.

    It opens with the presale of the holiday's lead-time plan, or now when that is over, and closes with the
    holiday, both on the clocks of the market. BadAssortment for a holiday that is over.
    """
    info, zone = row.info, ZoneInfo(zone_of(row))
    closes_at = datetime.combine(row.ends_on + timedelta(days=1), time(), zone).astimezone(UTC)
    if closes_at <= now:
        raise BadAssortment("holiday", _("This holiday is over. Choose one that comes."))
    opens_at = datetime.combine(_presale(info, row), OPENS_AT, zone).astimezone(UTC)
    ground, ink = info.colours if info else ("", "")
    name = info.name(get_language() or "en") if info else row.key
    return {
        "title": _("%(holiday)s %(year)s") % {"holiday": name, "year": row.starts_on.year},
        "ground": ground,
        "ink": ink,
        "opens_at": max(opens_at, now.replace(second=0, microsecond=0)),
        "closes_at": closes_at,
    }


def zone_of(row: HolidayOccurrence | None) -> str:
    """The IANA zone an edition's days are meant in: its market's; UTC without one."""
    return ZONES.get(row.market, "UTC") if row else "UTC"


def missing(assortment: Assortment, *, now: datetime) -> list[str]:
    """What stands between a draft and its page, one sentence each; empty when it may be published."""
    pieces = list(assortment.pieces.select_related("product"))
    reasons = [] if pieces else [_("Put in at least one piece.")]
    for piece in pieces:
        if piece.product.state != ProductState.ACTIVE:
            reasons.append(_("%(piece)s is not on sale yet.") % {"piece": piece.product})
        if assortment.kind == AssortmentKind.EDITION and piece.product.edition_size is None:
            reasons.append(_("Say how many pieces there are of %(piece)s.") % {"piece": piece.product})
    if assortment.closes_at <= now:
        reasons.append(_("Its last day has passed. Let it close later."))
    return reasons


@transaction.atomic
def publish(assortment: Assortment, *, now: datetime) -> Assortment:
    """Show the page to everybody; twice is once. NotReady with what is missing."""
    lock(assortment)
    if reasons := missing(assortment, now=now):
        raise NotReady(reasons)
    Assortment.objects.filter(pk=assortment.pk, published_at=None).update(published_at=now)
    assortment.refresh_from_db(fields=["published_at"])
    return assortment


def withdraw(assortment: Assortment) -> Assortment:
    """Take the page away again; pieces and their days stay as they are."""
    Assortment.objects.filter(pk=assortment.pk).update(published_at=None)
    assortment.published_at = None
    return assortment


def set_picture(assortment: Assortment, *, data: bytes, alt: str) -> Assortment:
    """Put an uploaded picture on the page. BadImage says what is wrong with it; the one before stays then."""
    return _keep_picture(assortment, render_image(data).renditions, alt)


def remove_picture(assortment: Assortment) -> Assortment:
    """Take the picture and its files away."""
    return _keep_picture(assortment, [], "")


def _keep_picture(assortment: Assortment, renditions: list[Rendition], alt: str) -> Assortment:
    before = assortment.picture
    assortment.picture, assortment.picture_alt = renditions, alt
    assortment.save(update_fields=["picture", "picture_alt"])
    delete_renditions(before)
    return assortment


def _known(fields: dict[str, object]) -> dict[str, object]:
    if unknown := fields.keys() - EDITABLE:
        raise TypeError(f"not editable: {sorted(unknown)}")
    return fields


def _check(assortment: Assortment) -> None:
    if assortment.kind == AssortmentKind.EDITION:
        _check_holiday(assortment)
    elif assortment.holiday is not None:
        raise BadAssortment(
            "holiday", _("Only a holiday edition has a holiday. Leave it empty for a season.")
        )
    elif not assortment.season.strip():
        raise BadAssortment("season", _("Name the season, like SS27."))
    if not assortment.title.strip():
        raise BadAssortment("title", _("Give it a title."))
    if assortment.closes_at <= assortment.opens_at:
        raise BadAssortment("closes_at", _("It must close after it opens."))
    check_palette(assortment.ground, assortment.ink)


def _check_holiday(assortment: Assortment) -> None:
    if assortment.holiday is None:
        raise BadAssortment("holiday", _("Choose the holiday this edition is made for."))
    own = assortment.holiday.own_day
    if own is not None and own.brand_id != assortment.brand_id:
        raise BadAssortment("holiday", _("This day is another brand's own. Choose one of yours."))


def _row(occurrence: HolidayOccurrence | Occurrence) -> HolidayOccurrence:
    if isinstance(occurrence, HolidayOccurrence):
        return occurrence
    return row_of(occurrence)


def _presale(info: HolidayInfo | None, row: HolidayOccurrence) -> date:
    if info is None:
        return row.starts_on
    steps = leadtime.plan(info, row.market, row.starts_on)
    return next(step.on for step in steps if step.kind == ChecklistKind.PRESALE)


def _free_slug(title: str) -> str:
    # A title in Chinese has no ASCII letters to make an address of.
    base = slugify(title)[:SLUG_LENGTH].strip("-") or f"edition-{new_public_id()[:8].lower()}"
    taken = TAKEN | set(Assortment.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 2, base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
