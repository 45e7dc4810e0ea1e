"""What hosts write about themselves: words, languages, markets, ties to brands, days away."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.models import Brand
from events.domain.scheduling import zone_names
from events.enums import TieKind
from events.errors import BadProfile
from events.models import Host, HostAway, HostTie

MOST_TIES, MOST_AWAY = 40, 40
LONGEST_AWAY = 366
EDITABLE = ("headline", "story", "cause", "languages", "markets", "time_zone", "disclosure")


def edit_profile(host: Host, **fields: object) -> Host:
    """Write `fields` (editable ones only). Raises BadProfile naming the field."""
    unknown = fields.keys() - set(EDITABLE)
    if unknown:
        raise TypeError(f"not editable: {sorted(unknown)}")
    if not fields.get("languages", host.languages):
        raise BadProfile(_("Name at least one language you speak on camera."), field="languages")
    if fields.get("time_zone", host.time_zone) not in zone_names():
        raise BadProfile(_("Choose the time zone you live in."), field="time_zone")
    for name, value in fields.items():
        setattr(host, name, value)
    host.save(update_fields=list(fields))
    return host


@transaction.atomic
def add_tie(
    host: Host,
    *,
    brand: Brand | None,
    brand_name: str,
    kind: TieKind,
    since: date,
    until: date | None = None,
    exclusive: bool = False,
    categories: Sequence[str] = (),
) -> HostTie:
    """Disclose a bond with a brand of the shop, or with one outside by its name. Raises BadProfile."""
    name = " ".join(brand_name.split())
    if (brand is None) == (not name):
        raise BadProfile(
            _("Choose a brand of this shop or write the name of another, not both."), field="brand"
        )
    if until is not None and until < since:
        raise BadProfile(_("It cannot end before it begins."), field="until")
    if host.ties.count() >= MOST_TIES:
        raise BadProfile(_("Forty ties are shown at most. Remove one that is long over."), field="brand")
    return HostTie.objects.create(
        host=host,
        brand=brand,
        brand_name=name,
        kind=kind,
        since=since,
        until=until,
        exclusive=exclusive,
        categories=list(categories),
    )


def end_tie(tie: HostTie, *, on: date) -> None:
    """The bond ends with the day `on`; it stays on record. One that ended already keeps its day.

    Raises BadProfile for a day before it began.
    """
    if on < tie.since:
        raise BadProfile(_("It cannot end before it begins."), field="until")
    HostTie.objects.filter(pk=tie.pk, until=None).update(until=on)


@transaction.atomic
def add_away(host: Host, *, starts_on: date, ends_on: date, note: str = "") -> HostAway:
    """Days the host takes no show, both included, on their own clock. Raises BadProfile."""
    if ends_on < starts_on:
        raise BadProfile(_("The last day is before the first."), field="ends_on")
    if (ends_on - starts_on).days >= LONGEST_AWAY:
        raise BadProfile(_("A year at most. Add another entry for what comes after."), field="ends_on")
    if host.away.count() >= MOST_AWAY:
        raise BadProfile(_("Forty entries at most. Remove those that are over."), field="starts_on")
    row, _made = HostAway.objects.get_or_create(
        host=host, starts_on=starts_on, ends_on=ends_on, defaults={"note": note.strip()}
    )
    return row


def remove_away(host: Host, pk: int) -> None:
    """Free again; nothing when it was removed already or is another host's."""
    HostAway.objects.filter(host=host, pk=pk).delete()
