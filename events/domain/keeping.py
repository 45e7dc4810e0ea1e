"""What one viewer keeps of coming shows: reminders chosen and open, a place in their calendar, wishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.domain.viewers import Viewer
from events.domain import reminders, saving, wishes
from events.domain.reminders import Choice
from events.models import Event


@dataclass(frozen=True, slots=True)
class Option:
    """One reminder to choose: `value` is what the form sends, `open` whether there is time for it."""

    value: str
    label: str
    channel: str
    on: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a viewer keeps of one show. `options` is empty when there is nothing to choose any more."""

    options: list[Option]
    saved: bool

    @property
    def chosen(self) -> int:
        return sum(option.on for option in self.options)


def kept_of(shows: Sequence[Event], viewer: Viewer | None, *, now: datetime) -> dict[int, Keeping]:
    """What the viewer keeps of each of `shows`, by row number; two queries however many there are."""
    chosen = reminders.chosen_of(shows, viewer.key) if viewer else {}
    saved = saving.saved_of(shows, viewer.user if viewer else None)
    return {
        event.pk: Keeping(options(event, chosen.get(event.pk, set()), now=now), event.pk in saved)
        for event in shows
    }


def wished(event: Event, viewer: Viewer | None) -> list[str]:
    """The public ids of the pieces on the viewer's list for the night."""
    return wishes.wished(event, viewer.key if viewer else None)


def options(event: Event, chosen: set[Choice], *, now: datetime) -> list[Option]:
    """Every reminder of `event`; none when there is time for none."""
    rows = [
        Option(
            value=f"{channel.value}-{lead.value}",
            label=str(lead.label),
            channel=channel.value,
            on=(channel, lead) in chosen,
            open=reminders.can_choose(event, lead, now=now),
        )
        for channel, lead in reminders.every_choice()
    ]
    return rows if any(row.open for row in rows) else []
