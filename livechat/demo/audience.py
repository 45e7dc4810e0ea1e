"""The demo's audiences: who came to the past shows, what they said of answers, and three reported claims."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from accounts.domain.viewers import Viewer
from accounts.models import User
from livechat.domain import attendance, claims, verdicts
from livechat.models import Attendance, Question, Room

# Some of everybody come to any show, some only to those of one host.
EVERYBODY, REGULARS = 240, 60
COME, COME_AGAIN = (40, 80), (12, 26)
SAY = (1, 6)
HELPED = 0.84
ABOUT = (
    ("The host gave its width as 90 centimetres. Mine measures 70.", True, "Measured again: 70 is right."),
    ("It was said to be made by hand. I do not believe it.", False, "It is; the workshop sent pictures."),
    ("The host said it can be washed. The label says it cannot.", None, ""),
)
Stay = tuple[datetime, datetime]


def seed_past(room: Room) -> None:
    """Who came, one by one as through the door, and how many were there at once at the most."""
    if Attendance.objects.filter(room=room).exists():
        return
    random, event = Random(f"audience {room.event.slug}"), room.event
    people = list(_people(room, random))
    stays = [_stay(event.starts_at, event.ends_at, random) for _ in people]
    for viewer_key, (came, _left) in zip(people, stays, strict=True):
        attendance.note(room, viewer_key=viewer_key, now=came)
    Room.objects.filter(pk=room.pk).update(peak_viewers=at_once(stays))
    _judge(room, people, random)


def seed_claims(room: Room) -> None:
    """Three reports of one show: upheld, dismissed, and one that waits for somebody to decide."""
    agent = User.objects.filter(email="agent@demo.example").first()
    host = claims.hosts_of(room).order_by("pk").first()
    pieces = [item.product for item in room.event.lineup.select_related("product")]
    at = room.event.ends_at + timedelta(days=1)
    for (text, upheld, note), product in zip(ABOUT, pieces, strict=False):
        if host is None or agent is None:
            return
        viewer = Viewer(f"guest:demo-reporter-{product.pk}", None, "")
        given = claims.report(room, host=host, product=product, viewer=viewer, text=text, now=at)
        if upheld is not None and claims.can_decide(agent, room.event):
            claims.decide(given, upheld=upheld, note=note, by=agent, now=at + timedelta(hours=3))


def at_once(stays: list[Stay]) -> int:
    """The most people who were there at the same moment."""
    moves = sorted([(came, 1) for came, _left in stays] + [(left, -1) for _came, left in stays])
    there = most = 0
    for _at, step in moves:
        there += step
        most = max(most, there)
    return most


def _people(room: Room, random: Random) -> Iterator[str]:
    yield from (f"guest:demo-v{n}" for n in random.sample(range(EVERYBODY), random.randint(*COME)))
    host = room.event.event_hosts.values_list("host__slug", flat=True).first()
    again = random.sample(range(REGULARS), random.randint(*COME_AGAIN))
    yield from (f"guest:demo-{host}-{n}" for n in again)


def _stay(starts_at: datetime, ends_at: datetime, random: Random) -> Stay:
    """Most come at the beginning; how long they stay is theirs."""
    length = (ends_at - starts_at).total_seconds()
    came = starts_at + timedelta(seconds=length * random.random() ** 2 * 0.9)
    return came, min(ends_at, came + timedelta(seconds=random.uniform(240, length)))


def _judge(room: Room, people: list[str], random: Random) -> None:
    for question in Question.objects.filter(room=room, state=Question.State.ANSWERED).order_by("pk"):
        question.room = room
        for place, viewer_key in enumerate(random.sample(people, random.randint(*SAY))):
            verdicts.judge(
                question,
                viewer=Viewer(viewer_key, None, ""),
                helpful=random.random() < HELPED,
                now=room.event.ends_at + timedelta(minutes=2 * place),
            )
