"""What a room answers by a tap: reactions of the last second, and where the open poll stands.

Reactions are summed, never sent one by one. Each process tells the others its own sums and sends its viewers
one burst a second at most, whatever the number of taps and of processes.
"""

from collections import Counter
from dataclasses import dataclass

# A closed list: drawn marks in keeping with the house, in the order they are offered.
KINDS = ("heart", "applause", "spark", "flower")

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Burst:
    """One second of reactions by kind; the rehearsal crowd's stand apart.

    `people` are the audience's, which are written down; `ours` and `ours_crowd` what other processes are
    told; `shown` and `shown_crowd` what this process's viewers see.
    """

    people: Counts
    ours: Counts
    ours_crowd: Counts
    shown: Counts
    shown_crowd: Counts


class Responses:
    """The answers of one room as one process knows them."""

    def __init__(self) -> None:
        # The tally as it was last sent, for newcomers; empty without an open poll.
        self.tally = ""
        # Votes came in, or a poll opened or closed, since the last tally.
        self.has_news = False
        self._empty()

    def give(self, kind: str, *, crowd: bool, audience: bool) -> None:
        """Somebody here gave a reaction."""
        counter = self._crowd if crowd else self._people if audience else self._at_work
        counter[kind] += 1

    def hear(self, counts: Counts, crowd: Counts) -> None:
        """Another process tells what was given there."""
        self._heard.update(counts)
        self._heard_crowd.update(crowd)

    def take(self) -> Burst:
        """What came since this was asked last."""
        ours = self._people + self._at_work
        burst = Burst(
            people=dict(self._people),
            ours=dict(ours),
            ours_crowd=dict(self._crowd),
            shown=dict(ours + self._heard),
            shown_crowd=dict(self._crowd + self._heard_crowd),
        )
        self._empty()
        return burst

    def _empty(self) -> None:
        self._people: Counter[str] = Counter()
        self._crowd: Counter[str] = Counter()
        # People at work may try the buttons; that is shown and not written down.
        self._at_work: Counter[str] = Counter()
        self._heard: Counter[str] = Counter()
        self._heard_crowd: Counter[str] = Counter()
