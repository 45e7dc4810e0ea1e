"""A brand's own check of a host: a fixed list of points, what was found, and the verdict.

Seen by the brand's producers only (`events.rules.can_vet`), never by the host or anybody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from catalog.models import Brand
from events.domain.hosts import host_clashes
from events.domain.rivals import conflicts_of
from events.enums import Risk, VettingState
from events.errors import BadVetting, EditConflict
from events.models import Event, Host, Vetting, VettingCheck


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the list; `name` and `help` are translated when shown."""

    key: str
    name: Any
    help: Any


POINTS = (
    Point(
        "identity",
        gettext_lazy("Identity"),
        gettext_lazy(
            "The person behind the profile is who they say: papers or a call on camera, and a contact."
        ),
    ),
    Point(
        "expertise",
        gettext_lazy("Expertise"),
        gettext_lazy(
            "Certificates and published work were looked up at their source, not taken from the profile."
        ),
    ),
    Point(
        "statements",
        gettext_lazy("Past statements"),
        gettext_lazy("Public words of the last three years, in every language they speak."),
    ),
    Point(
        "audience",
        gettext_lazy("Audience"),
        gettext_lazy(
            "Viewers are people: steady growth, real questions, no bought crowd. Size is not the point."
        ),
    ),
    Point(
        "ties",
        gettext_lazy("Ties to brands"),
        gettext_lazy("Contracts, gifts and shares of other houses, and whether one of them is exclusive."),
    ),
    Point(
        "disclosure",
        gettext_lazy("Habit of disclosure"),
        gettext_lazy("They say that they are paid before they praise, as the law of the market asks."),
    ),
    Point(
        "returns",
        gettext_lazy("Returns"),
        gettext_lazy(
            "What came back after their shows, and why. Many returns often mean too much was promised."
        ),
    ),
    Point(
        "incidents",
        gettext_lazy("Incidents"),
        gettext_lazy("Complaints, sanctions, disputes over accuracy, and how they were put right."),
    ),
    Point(
        "contracts",
        gettext_lazy("Contract history"),
        gettext_lazy("Shows kept and cancelled, terms honoured, secrets kept before a launch."),
    ),
    Point(
        "culture",
        gettext_lazy("Cultural fit"),
        gettext_lazy(
            "They know the customs of the market and the holiday: words, colours and gifts to avoid."
        ),
    ),
    Point(
        "safety",
        gettext_lazy("Work in front of a camera"),
        gettext_lazy(
            "Age, consent of others in the picture, music rights, and a place the show can be made from."
        ),
    ),
)
KEYS = {point.key for point in POINTS}
LONGEST_NOTE = 300

# A finding per point: the risk ("" while not looked at) and a note.
Findings = Mapping[str, tuple[str, str]]


def sheet(vetting: Vetting | None) -> list[tuple[Point, VettingCheck | None]]:
    """The whole list in its order, each point with what was found."""
    rows = {row.key: row for row in vetting.checks.select_related("by")} if vetting else {}
    return [(point, rows.get(point.key)) for point in POINTS]


def vetting_of(host: Host, brand: Brand) -> Vetting | None:
    """What `brand` has on `host`, if anything."""
    return Vetting.objects.filter(host=host, brand=brand).select_related("by").first()


@transaction.atomic
def save_vetting(
    host: Host,
    brand: Brand,
    findings: Findings,
    *,
    state: VettingState,
    notes: str,
    version: int,
    by: User | None,
    now: datetime,
) -> Vetting:
    """Write the sheet if it still has `version` (0: there is none yet). The caller checks `can_vet`.

    Raises BadVetting for an unknown point or risk, and when a host is cleared with points not looked at or
    with a high risk and no notes, or refused without notes; EditConflict when somebody saved meanwhile.
    """
    _check(findings, state, notes)
    vetting = _claimed(host, brand, version=version, state=state, notes=notes.strip(), by=by, now=now)
    before = {row.key: row for row in vetting.checks.all()}
    for key, (risk, note) in findings.items():
        row = before.get(key) or VettingCheck(vetting=vetting, key=key)
        if (row.risk, row.note) != (risk, note):
            row.risk, row.note, row.by, row.at = risk, note, by, now
            row.save()
    return vetting


def _claimed(host: Host, brand: Brand, *, version: int, **fields: Any) -> Vetting:
    fields["at"] = fields.pop("now")
    if version == 0:
        try:
            with transaction.atomic():
                return Vetting.objects.create(host=host, brand=brand, **fields)
        except IntegrityError as error:
            raise _changed() from error
    rows = Vetting.objects.filter(host=host, brand=brand, version=version)
    if not rows.update(version=version + 1, **fields):
        raise _changed()
    return Vetting.objects.get(host=host, brand=brand)


def _changed() -> EditConflict:
    return EditConflict(
        _("Somebody else has saved this sheet meanwhile. Compare with theirs and save again.")
    )


def _check(findings: Findings, state: VettingState, notes: str) -> None:
    for key, (risk, note) in findings.items():
        if key not in KEYS or (risk and risk not in Risk.values):
            raise BadVetting(_("There is no such point or risk on the list."), field=key)
        if len(note) > LONGEST_NOTE:
            raise BadVetting(_("A note has 300 characters at most. Use the notes below for more."), field=key)
    if state == VettingState.REFUSED and not notes.strip():
        raise BadVetting(_("Write why, for whoever asks next year."), field="notes")
    if state == VettingState.CLEARED:
        _check_cleared(findings, notes)


def _check_cleared(findings: Findings, notes: str) -> None:
    unseen = [str(point.name) for point in POINTS if not findings.get(point.key, ("", ""))[0]]
    if unseen:
        raise BadVetting(
            _("Not looked at yet: %(points)s. Give each a risk before clearing.")
            % {"points": ", ".join(unseen)},
            field="state",
        )
    risky = any(risk == Risk.HIGH for risk, _note in findings.values())
    if risky and not notes.strip():
        raise BadVetting(_("A high risk is cleared only with a reason. Write it down."), field="notes")


def objections(event: Event, host: Host) -> list[str]:
    """What must be confirmed before `host` is asked for `event`: a refusal, a promise to another brand, and
    another show or days away at that time; one sentence each."""
    against = []
    if Vetting.objects.filter(host=host, brand=event.brand_id, state=VettingState.REFUSED).exists():
        against.append(_("%(host)s was vetted and is not to be invited.") % {"host": host.name})
    categories = event.lineup.values_list("product__category", flat=True).distinct()
    on = event.starts_at.date()
    conflicts = conflicts_of([host], event.brand, on=on, categories=list(categories))[host.pk]
    against += [conflict.reason for conflict in conflicts if conflict.exclusive]
    clashes = host_clashes(host, event.starts_at, event.ends_at, event, brand=event.brand)
    return against + [clash.reason for clash in clashes if clash.hard]


def states_for(hosts: Sequence[Host], brand: Brand) -> dict[int, VettingState]:
    """The verdict of `brand` on each of `hosts` it has looked at."""
    rows = Vetting.objects.filter(brand=brand, host__in=hosts).values_list("host", "state")
    return {host: VettingState(state) for host, state in rows}
