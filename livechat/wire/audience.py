"""Who counts as a viewer of one room: each person once, and suspected bots apart with the reason.

A process reports its own people (`Audience.report`); `merged` makes one count of the reports of all. While a
process holds few people its report names them by keyed hash, so that somebody with a phone here and a laptop
there is one person; above that it gives plain sums. docs/audience.md gives the reasons of every rule.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import floor
from typing import Any

from django.utils.crypto import salted_hmac

from livechat.wire import lags
from livechat.wire.seats import Seat

JSON = dict[str, Any]
# Above this many people a process gives sums instead of names.
NAMED_AT_MOST = 500
# Three missed reports of ten seconds each: what was said about the picture holds no longer.
LAG_FRESH = 30.0
# A tunnel, a slow network and a phone that asks for a tap first all fit into a minute.
PICTURE_WITHIN = 60.0
# As many others must see the picture, else its absence says something of the picture and nothing of a person.
OTHERS_PLAYING = 3
# More guests behind one address are a farm or a hall of residence; either way the first twelve stand for it.
GUESTS_PER_ADDRESS = 12
PLAYERS_REMEMBERED = 20_000


class Suspicion(StrEnum):
    """Why a person is counted apart. The first that applies is told."""

    SCRIPTED = "scripted"
    NO_PAGE = "no_page"
    NO_PICTURE = "no_picture"
    CROWDED_ADDRESS = "crowded_address"


@dataclass(slots=True)
class Person:
    """Everything the seats of one viewer key say together, read kindly."""

    tag: str
    since: float
    place: str = ""
    spoke: bool = False
    asked: bool = False
    lag: int | None = None


class Audience:
    """The people one process holds in one room. Times are seconds since 1970."""

    def __init__(self, room: int) -> None:
        self._room = room
        # People who once had a picture: a reconnect in a tunnel does not make a bot of them.
        self._players: dict[str, None] = {}
        self._scripted: set[str] = set()
        self._playing_since: float | None = None
        # What all processes know together, as of the last report.
        self.totals: JSON | None = None

    def picture(self, seat: Seat, behind: int, *, now: float) -> None:
        """A viewer says how far behind their picture is; nonsense is left out, and so are people at work."""
        if not lags.is_plausible(behind) or not seat.counted or seat.crowd:
            return
        seat.lag, seat.lag_at = behind, now
        if seat.viewer_key not in self._players:
            self._players[seat.viewer_key] = None
            if len(self._players) > PLAYERS_REMEMBERED:
                self._players.pop(next(iter(self._players)))

    def learn(self, totals: JSON, *, now: float) -> None:
        """What all processes know together: whether a picture plays, and since when."""
        self.totals = totals
        if totals["playing"] < OTHERS_PLAYING:
            self._playing_since = None
        elif self._playing_since is None:
            self._playing_since = now

    def suspect_scripted(self, viewer_keys: set[str]) -> None:
        """These people were faster than hands are, again and again."""
        self._scripted = viewer_keys

    def report(self, seats: Iterable[Seat], *, now: float) -> JSON:
        """What this process tells the others of its people."""
        people, crowd = self._people(seats, now=now)
        judged = {person.tag: (person, self._suspicion(key, person, now=now)) for key, person in people}
        counted = [person.lag for person, why in judged.values() if not why and person.lag is not None]
        rows = [[tag, why, person.place, floor(person.since)] for tag, (person, why) in judged.items()]
        sums = _counted(rows)
        named = {"people": rows} if len(rows) <= NAMED_AT_MOST else {}
        return {**sums, **named, "crowd": len(crowd), "lags": lags.histogram(counted)}

    def _people(self, seats: Iterable[Seat], *, now: float) -> tuple[list[tuple[str, Person]], set[str]]:
        people: dict[str, Person] = {}
        crowd: set[str] = set()
        for seat in seats:
            if seat.crowd:
                crowd.add(seat.viewer_key)
            elif seat.audience and seat.counted:
                known = people.get(seat.viewer_key)
                if known is None:
                    known = Person(tag_of(self._room, seat.viewer_key), seat.since)
                    people[seat.viewer_key] = known
                _note(known, seat, now=now)
        return list(people.items()), crowd

    def _suspicion(self, key: str, person: Person, *, now: float) -> str:
        if key in self._scripted:
            return Suspicion.SCRIPTED
        if person.spoke and not person.asked:
            return Suspicion.NO_PAGE
        playing = self._playing_since
        waited = playing is not None and now - max(playing, person.since) >= PICTURE_WITHIN
        return Suspicion.NO_PICTURE if waited and key not in self._players else ""


def merged(reports: Iterable[JSON]) -> JSON:
    """One count of the reports of all processes.

    `{viewers, rehearsal, suspected: {reason: people}, lag, slowest, playing}`; lags in milliseconds or None,
    `playing` is how many people see a picture.
    """
    found = list(reports)
    named = _counted(_union(found))
    sums = [report for report in found if "people" not in report]
    suspected = dict(named["suspected"])
    for report in sums:
        for why, people in report.get("suspected", {}).items():
            suspected[why] = suspected.get(why, 0) + people
    pictures = lags.added(report.get("lags", {}) for report in found)
    return {
        "viewers": named["viewers"] + sum(report.get("viewers", 0) for report in sums),
        "rehearsal": sum(report.get("crowd", 0) for report in found),
        "suspected": suspected,
        "lag": lags.median(pictures),
        "slowest": lags.slowest_tenth(pictures),
        "playing": lags.people_in(pictures),
    }


def shown(totals: JSON) -> JSON:
    """What everybody may see of the totals: exact while small, rounded down as the crowd grows."""
    return {"viewers": coarse(totals["viewers"]), "rehearsal": totals["rehearsal"]}


def coarse(people: int) -> int:
    """Exact below 1,000; then whole hundreds, above 10,000 whole thousands. Never more than there are."""
    step = 1 if people < 1_000 else 100 if people < 10_000 else 1_000  # noqa: PLR2004 - as the sentence says
    return people // step * step


@lru_cache(maxsize=65_536)
def tag_of(room: int, viewer_key: str) -> str:
    """A person's keyed hash in one room: the same in every process, another in every other room."""
    return salted_hmac("livechat.audience", f"{room}:{viewer_key}", algorithm="sha256").hexdigest()[:12]


@lru_cache(maxsize=65_536)
def place_of(address: str) -> str:
    """The keyed hash of an address; addresses themselves are never written down."""
    return salted_hmac("livechat.place", address, algorithm="sha256").hexdigest()[:10]


def _note(person: Person, seat: Seat, *, now: float) -> None:
    """Several windows of one person speak for each other: the kinder reading counts."""
    person.since = min(person.since, seat.since)
    person.spoke = person.spoke or seat.spoke
    person.asked = person.asked or seat.asked
    if seat.right.user_id is None:
        person.place = person.place or seat.place
    if seat.lag is not None and now - seat.lag_at <= LAG_FRESH:
        person.lag = seat.lag if person.lag is None else min(person.lag, seat.lag)


def _union(reports: list[JSON]) -> list[list[Any]]:
    """Everybody named in any report, once; whoever is above suspicion in one process is so in all."""
    people: dict[str, list[Any]] = {}
    for row in (row for report in reports for row in report.get("people", ())):
        known = people.get(row[0])
        if known is None or (known[1] and not row[1]):
            people[row[0]] = row
    return list(people.values())


def _counted(rows: list[list[Any]]) -> JSON:
    """`{viewers, suspected}` of rows [tag, suspicion, place, since], guests of one address counted."""
    suspected: dict[str, int] = {}
    for why in _verdicts(rows):
        suspected[why] = suspected.get(why, 0) + 1
    return {"viewers": len(rows) - sum(suspected.values()), "suspected": suspected}


def _verdicts(rows: list[list[Any]]) -> Iterator[str]:
    """The suspicions there are. Who came to an address first stands for it."""
    held: dict[str, int] = {}
    for _tag, why, place, _since in sorted(rows, key=lambda row: (row[3], row[0])):
        if why:
            yield str(why)
        elif place:
            held[place] = held.get(place, 0) + 1
            if held[place] > GUESTS_PER_ADDRESS:
                yield Suspicion.CROWDED_ADDRESS
