"""The demo's question lanes: what was asked about each piece, raised and answered, in every show."""

from datetime import datetime, timedelta
from random import Random

from accounts.codes import new_public_id
from accounts.domain.viewers import Viewer
from catalog.models import Product
from events.models import Host
from livechat.demo.words import NAMES, TALK, speakers
from livechat.domain.answers import CARE, answer_on_air, answer_question
from livechat.domain.authors import author_tag
from livechat.domain.questions import ask_question, raise_question, tell_votes
from livechat.domain.rooms import HOST
from livechat.models import Question, QuestionVote, Room

# So many of a piece's questions were asked in a past show.
PER_PIECE = 2
# Of the live show's crowd: hands per question in the order asked; which of them is answered.
HANDS = (14, 6, 9, 5, 2)
ANSWERED = 1


def seed_past(room: Room) -> None:
    """Questions of a show that is over, all of them answered: by the host on the air, or by care in words."""
    random, host = Random(room.event.slug), _host(room)
    for item in room.event.lineup.select_related("product"):
        start = room.event.starts_at + timedelta(seconds=item.planned_second + 40)
        for turn, (text, answer) in enumerate(_pairs(item.product, random)):
            asked_at = start + timedelta(seconds=50 * turn)
            question = _past_question(room, item.product, random, text=text, at=asked_at)
            _answer_past(question, host if turn == 0 else None, answer, at=asked_at + timedelta(seconds=25))
            question.save()
            _raise_past(question, hands=random.randrange(2, 12), at=asked_at)


def seed_live(room: Room, *, most: int, now: datetime) -> None:
    """What the rehearsal crowd wants to know about the first `most` pieces; the host has answered one."""
    random, host = Random(room.event.slug), _host(room)
    pieces = [item.product for item in room.event.lineup.select_related("product")[:most]]
    asked = [(piece, *pair) for piece in reversed(pieces) for pair in _pairs(piece, random)]
    heard: set[str] = set()
    for number, ((piece, text, answer), hands) in enumerate(zip(asked, HANDS, strict=False)):
        at = now - timedelta(seconds=300 - 50 * number)
        name = random.choice([one for one in speakers(text) if one not in heard])
        heard.add(name)
        question = ask_question(
            room,
            viewer=_guest(name),
            product=piece,
            text=text,
            client_id=f"demo-{number}",
            now=at,
            rehearsal=True,
        )
        for hand in range(hands):
            raise_question(question, viewer_key=f"guest:demo-hand-{hand}", now=at + timedelta(seconds=1))
        if number == ANSWERED and host.user is not None:
            question = answer_on_air(question, by=host.user, now=at + timedelta(seconds=30))
            answer_question(question, text=answer, by=host.user, now=at + timedelta(seconds=45))
    tell_votes(now=now)


def _host(room: Room) -> Host:
    return room.event.event_hosts.select_related("host__user")[0].host


def _pairs(product: Product, random: Random) -> list[tuple[str, str]]:
    """Questions about such a piece that have an answer."""
    known = [pair for pair in TALK.get(product.category, ()) if pair[1]]
    return random.sample(known, min(PER_PIECE, len(known)))


def _past_question(room: Room, product: Product, random: Random, *, text: str, at: datetime) -> Question:
    asker = _guest(random.choice(speakers(text)))
    return Question(
        room=room,
        product=product,
        author_key=asker.key,
        author_name=asker.name,
        author_tag=author_tag(room.pk, asker.key),
        text=text,
        client_id=new_public_id(),
        asked_at=at,
    )


def _answer_past(question: Question, host: Host | None, text: str, *, at: datetime) -> None:
    """On the air by the host, in words by the brand's care when there is no host."""
    question.state, question.answer, question.answered_at = Question.State.ANSWERED, text, at
    question.on_air_at = at if host else None
    question.answered_by = host.user if host else None
    question.answered_name = host.name if host else question.room.event.brand.name
    question.answered_badge = HOST if host else CARE


def _raise_past(question: Question, *, hands: int, at: datetime) -> None:
    """As many votes as there are rows, the asker's among them."""
    keys = [question.author_key, *(f"guest:demo-hand-{hand}" for hand in range(hands))]
    QuestionVote.objects.bulk_create(QuestionVote(question=question, viewer_key=key, at=at) for key in keys)
    Question.objects.filter(pk=question.pk).update(votes=len(keys), told_votes=len(keys))


def _guest(name: str) -> Viewer:
    return Viewer(f"guest:demo-{NAMES.index(name)}", None, name)
