"""A show from a holiday in one go: draft, edition, lead-time plan, hosts seated or invited."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from catalog.models import Brand
from events.domain import assortments, checklist, engagements, scheduling
from events.domain.checklist import Dates
from events.domain.terms import OTHERS, Terms, usual_terms
from events.enums import ChecklistKind
from events.errors import NeedsConfirmation
from events.models import Event, Host


@dataclass(frozen=True, slots=True)
class Invitation:
    """What ticked hosts are offered alike: commission in basis points of everything sold, and words."""

    commission: int
    disclosure: str = ""
    message: str = ""


@transaction.atomic
def create_planned(
    brand: Brand,
    *,
    title: str,
    data: Mapping[str, object],
    by: User | None,
    now: datetime,
    shares: Sequence[tuple[Host, int]] = (),
    ticked: Sequence[Host] = (),
    invitation: Invitation | None = None,
    steps: Collection[str] = (),
    draft_edition: bool = False,
    origin: str = "",
) -> Event:
    """A draft with everything asked for, or nothing.

    `ticked` hosts are invited on `invitation`, an equal part of the credit each, or without one take their
    seats beside `shares`. `steps` are the kinds of the lead-time plan to keep. Raises what its parts raise;
    NeedsConfirmation says which host something speaks against.
    """
    seats = list(shares) if invitation else _together(shares, ticked)
    event = scheduling.create_event(brand, title=title, data=data, shares=seats)
    if draft_edition and event.holiday is not None:
        event.edition = assortments.draft_for(brand, event.holiday, now=now)
        event.save(update_fields=["edition"])
    wanted = {ChecklistKind(kind) for kind in steps}
    checklist.write_steps(event, [one for one in checklist.steps_for(Dates.of(event)) if one.kind in wanted])
    if invitation:
        parts = scheduling.equal_shares(len(ticked) + len(seats))
        for host, share in zip(ticked, parts, strict=False):
            _invite(event, host, invitation, share, by=by, now=now, origin=origin)
    return event


def _together(shares: Sequence[tuple[Host, int]], ticked: Sequence[Host]) -> list[tuple[Host, int]]:
    """The written shares alone, or equal parts of everybody once somebody is ticked too."""
    listed = [host for host, _share in shares]
    more = [host for host in ticked if host not in listed]
    if not more:
        return list(shares)
    everybody = [*more, *listed]
    return list(zip(everybody, scheduling.equal_shares(len(everybody)), strict=True))


def _invite(
    event: Event, host: Host, offer: Invitation, share: int, *, by: User | None, now: datetime, origin: str
) -> None:
    usual = usual_terms(event, host)
    terms = Terms(
        commission={OTHERS: offer.commission},
        disclosure=offer.disclosure or usual.disclosure,
        share=share,
        message=offer.message,
    )
    try:
        engagements.invite(event, host, terms, by, now, origin=origin)
    except NeedsConfirmation as error:
        raise NeedsConfirmation([f"{host.name}: {reason}" for reason in error.reasons]) from error
