"""What viewers must be told about the hosts of a show, beside the picture."""

from django.utils import timezone
from django.utils.translation import gettext as _

from events.domain import agreements
from events.models import Event, Host, HostTie
from events.queries_hosts import current_ties


def disclosures(event: Event) -> list[tuple[Host, str]]:
    """Each host in their order with the text of what was agreed; without one, their ties to the brand on the
    day of the show; empty when there is nothing to tell. Three queries."""
    rows = list(event.event_hosts.select_related("host").order_by("position", "pk"))
    agreed = agreements.disclosures_of(event)
    ties: dict[int, HostTie] = {}
    on = timezone.localdate(event.starts_at)
    for tie in current_ties(on).filter(brand=event.brand_id, host__in=[row.host_id for row in rows]):
        ties.setdefault(tie.host_id, tie)
    return [(row.host, agreed.get(row.host_id) or _text(ties.get(row.host_id))) for row in rows]


def _text(tie: HostTie | None) -> str:
    if tie is None or tie.brand is None:
        return ""
    return _("%(kind)s of %(brand)s.") % {"kind": tie.get_kind_display(), "brand": tie.brand.name}
