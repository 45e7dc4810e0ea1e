"""What hosts were promised for a show, and what that leaves for others. The rows under engagements."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from events.domain import host_letters
from events.domain.lifecycle import WHOLE, percent
from events.enums import EngagementState
from events.errors import BadShares, TermsFrozen
from events.models import Engagement, Event, Host

STANDING = (EngagementState.INVITED, EngagementState.ACCEPTED)

Shares = Sequence[tuple[Host, int]]


def standing(event: Event) -> dict[int, Engagement]:
    """The invitations under way and the agreements in force, by the host's number."""
    rows = Engagement.objects.filter(event=event, state__in=STANDING).select_related(
        "host__user", "event__brand"
    )
    return {row.host_id: row for row in rows}


def disclosures_of(event: Event) -> dict[int, str]:
    """What was agreed that viewers are told of each host, by the host's number."""
    rows = Engagement.objects.filter(event=event, state__in=STANDING).order_by("pk")
    return dict(rows.values_list("host", "disclosure"))


def check_promises(event: Event, shares: Shares, *, leaving: Collection[int] = ()) -> None:
    """Raise unless `shares` keep what was offered: TermsFrozen for another share, BadShares when what is
    promised to hosts not listed (those `leaving` apart) would leave a listed one with nothing."""
    promised = standing(event)
    for host, share in shares:
        row = promised.get(host.pk)
        if row and row.share != share:
            raise TermsFrozen(
                _("%(host)s was offered %(share)s %%. To change it, withdraw the invitation and invite anew.")
                % {"host": host.name, "share": percent(row.share)}
            )
    listed = {host.pk for host, _share in shares}
    loose = len(listed - promised.keys())
    given = sum(row.share for pk, row in promised.items() if pk not in leaving)
    if shares and loose and given + loose > WHOLE:
        raise BadShares(
            _("Invitations promise %(share)s %% of the credit already. Withdraw one or invite for less.")
            % {"share": percent(given)}
        )


def end(event: Event, hosts: Collection[int], *, now: datetime) -> list[Engagement]:
    """Withdraw what stands with these hosts and tell them; the rows that were ended."""
    ended = [row for pk, row in standing(event).items() if pk in hosts]
    for row in ended:
        row.state, row.ended_at = EngagementState.WITHDRAWN, now
        row.save(update_fields=["state", "ended_at"])
        host_letters.send_ended(row, origin="", now=now)
    return ended


def seated(promised: dict[int, int], rows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The seats `rows` (host, basis points) with promised shares as promised, and the rest among the others
    in the proportion they had. Where everybody was promised something, it may add up to less than all."""
    loose = {host: share for host, share in rows if host not in promised}
    rest = WHOLE - sum(promised[host] for host, _share in rows if host in promised)
    parts = dict(zip(loose, _split(rest, list(loose.values())), strict=True))
    return [(host, promised.get(host) or parts[host]) for host, _share in rows]


def _split(whole: int, weights: list[int]) -> list[int]:
    """`whole` in the proportion of `weights`, each at least 1, the first taking what is left over."""
    if not weights:
        return []
    total = sum(weights) or len(weights)
    parts = [max(1, whole * weight // total) for weight in weights]
    parts[0] += whole - sum(parts)
    return parts
