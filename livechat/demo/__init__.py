"""The demo's rooms: what lay on the stage and what was said, at the times of each show."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from accounts.domain.viewers import Viewer, user_key
from events.enums import PAST
from events.models import Event, Host, LineupItem
from livechat.demo import audience, questions
from livechat.demo.words import ARRIVING, LEAVING, NAMES, TALK, speakers
from livechat.domain import blocklist
from livechat.domain.messages import post_message
from livechat.domain.pins import place_pin
from livechat.domain.rooms import HOST, room_of
from livechat.domain.talk import topic_of
from livechat.models import MAX_PINS, AccuracyReport, ChatMessage, Pin, Room

SEED = 11
# Of a live show so much has passed at the latest; the rest is up to whoever runs the console.
SHOWN_LIVE = 3
# The languages whose starter blocklists the brand on the air has switched on.
BLOCKED = ("en", "fr", "zh-Hans")
Said = tuple[datetime, str, str, str]


def seed(now: datetime) -> None:
    """A room for every show; words and pins for those that were and the one that is. Adds nothing twice."""
    for event in Event.objects.select_related("brand").order_by("pk"):
        room = room_of(event)
        if room.messages.exists() or room.pins.exists():
            continue
        random = Random(f"{SEED} {event.slug}")
        if event.state in PAST:
            _seed_past(room, random)
            questions.seed_past(room)
            audience.seed_past(room)
        elif event.is_live:
            _seed_live(room, random, now)
            blocklist.begin_with(event.brand, BLOCKED, now=now)
            questions.seed_live(room, most=SHOWN_LIVE, now=now)
    _seed_claims()


def _seed_claims() -> None:
    """The last show that was is the one somebody objected to."""
    room = (
        Room.objects.filter(event__state__in=PAST)
        .select_related("event__brand")
        .order_by("event__ends_at")
        .last()
    )
    if room is not None and not AccuracyReport.objects.exists():
        audience.seed_claims(room)


def _seed_past(room: Room, random: Random) -> None:
    event = room.event
    items = list(event.lineup.select_related("product"))
    if not items:
        return
    host = _hosts(event)[0]
    moments = [event.starts_at + timedelta(seconds=item.planned_second + 12) for item in items]
    _lay_past_pins(room, items, moments, host)
    said = [*_evening(random, items, moments, host), *_farewells(random, event.ends_at)]
    ChatMessage.objects.bulk_create(
        _line(room, number, line, host) for number, line in enumerate(sorted(said), start=1)
    )


def _lay_past_pins(room: Room, items: list[LineupItem], moments: list[datetime], host: Host) -> None:
    """Each piece lay there until the third one after it took its place, or the show ended."""
    ends = [*moments[MAX_PINS:], *[room.event.ends_at] * MAX_PINS]
    Pin.objects.bulk_create(
        Pin(
            room=room,
            item=item,
            product=item.product,
            host=host,
            placed_by=host.user,
            slot=number % MAX_PINS + 1,
            pinned_at=moments[number],
            unpinned_at=ends[number],
        )
        for number, item in enumerate(items)
    )


def _seed_live(room: Room, random: Random, now: datetime) -> None:
    """The first pieces have been shown; the last of them was laid on the stage just now."""
    items = list(room.event.lineup.select_related("product"))[:SHOWN_LIVE]
    host = _hosts(room.event)[0]
    if host.user is None or not items:
        return
    moments = [now - timedelta(minutes=5 * place) for place in reversed(range(len(items)))]
    said = [line for line in _evening(random, items, moments, host) if line[0] <= now]
    for number, line in enumerate(sorted(said)):
        at, name, badge, text = line
        author = Viewer(user_key(host.user), host.user, host.name) if badge else _guest(name)
        post_message(
            room,
            viewer=author,
            text=text,
            client_id=f"demo-{number}",
            badge=badge,
            now=at,
            rehearsal=not badge,
        )
    for item, at in zip(items, moments, strict=True):
        place_pin(room, item=item, by=host.user, host=host, now=at)


def _evening(
    random: Random,
    items: list[LineupItem],
    moments: list[datetime],
    host: Host,
) -> Iterator[Said]:
    """Greetings before the first piece, then talk about each while it lies there."""
    for number, text in enumerate(random.sample(ARRIVING, 4)):
        yield moments[0] - timedelta(seconds=70 - 15 * number), random.choice(speakers(text)), "", text
    talks = {category: random.sample(talk, len(talk)) for category, talk in TALK.items()}
    for item, start in zip(items, moments, strict=True):
        talk = talks.get(item.product.category, [])
        for turn, (question, answer) in enumerate([talk.pop() for _ in range(min(3, len(talk)))]):
            at = start + timedelta(seconds=20 + 55 * turn + random.randrange(20))
            yield at, random.choice(speakers(question)), "", question
            if answer:
                yield at + timedelta(seconds=9 + random.randrange(8)), host.name, HOST, answer


def _farewells(random: Random, ends_at: datetime) -> Iterator[Said]:
    for text in random.sample(LEAVING, 4):
        yield ends_at - timedelta(seconds=random.randrange(5, 80)), random.choice(speakers(text)), "", text


def _line(room: Room, number: int, said: Said, host: Host) -> ChatMessage:
    at, name, badge, text = said
    author = host.user if badge else None
    return ChatMessage(
        room=room,
        author=author,
        author_key=user_key(author) if author else _guest(name).key,
        author_name=name,
        badge=badge,
        text=text,
        topic=topic_of(text),
        client_id=f"demo-{number}",
        seq=0,
        at=at,
    )


def _guest(name: str) -> Viewer:
    return Viewer(f"guest:demo-{NAMES.index(name)}", None, name)


def _hosts(event: Event) -> list[Host]:
    return [row.host for row in event.event_hosts.select_related("host__user")]
