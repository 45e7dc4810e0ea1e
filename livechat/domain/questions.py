"""The question lane: asking about a piece of the line-up, and raising what somebody else has asked.

Whoever locks both locks the room before the question, so that nobody waits in a circle.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet

from accounts.codes import new_public_id
from accounts.domain.viewers import Viewer
from catalog.models import Product
from livechat.domain import blocklist, gate, log, rooms
from livechat.domain.authors import NOWHERE, Origin, author_tag
from livechat.domain.links import contains_link
from livechat.domain.text import clean_text, graphemes
from livechat.errors import (
    AlreadyAnswered,
    NoLinks,
    NotInLineup,
    QuestionGone,
    QuestionTooLong,
    TooFast,
    TooLong,
    TooManyQuestions,
)
from livechat.models import Question, QuestionVote, Room
from livechat.wire.fold import QUESTIONS
from livechat.wire.frames import QuestionAsked, QuestionRaised

MAX_GRAPHEMES = 300
MAX_CLIENT_ID = 40
# One person's open questions in one show: whoever has more to ask raises what others ask.
OPEN_AT_ONCE = 3
PAUSE = timedelta(seconds=20)
# A thousand hands in one second are one frame.
TELL_EVERY = timedelta(seconds=1)
MOST_TOLD = 200
OPEN, ANSWERED, REMOVED, HELD = (
    Question.State.OPEN,
    Question.State.ANSWERED,
    Question.State.REMOVED,
    Question.State.HELD,
)


def ask_question(
    room: Room,
    *,
    viewer: Viewer,
    product: Product,
    text: str,
    client_id: str,
    now: datetime,
    badge: str = "",
    origin: Origin = NOWHERE,
    rehearsal: bool = False,
) -> Question:
    """Ask. The same `client_id` of the same viewer is the same question, however often it is sent.

    Who may write lines may ask, and the same words are stopped. What a moderator must see first comes back
    HELD. Raises what `gate.check` and `blocklist.judge` raise, NotInLineup, NothingVisible, QuestionTooLong,
    NoLinks, TooFast, TooManyQuestions.
    """
    mine = Question.objects.filter(room=room, author_key=viewer.key, client_id=client_id)
    if asked := mine.select_related("product").first():
        return asked
    passed = gate.check(room, viewer=viewer, badge=badge, origin=origin, now=now)
    if not room.event.lineup.shown(now).filter(product=product).exists():
        raise NotInLineup
    question = Question(
        public_id=new_public_id(),
        product=product,
        author=viewer.user,
        author_key=viewer.key,
        author_name=viewer.name,
        author_tag=author_tag(room.pk, viewer.key),
        text=question_text(text),
        client_id=client_id,
        rehearsal=rehearsal,
        hidden=passed.hidden,
        asked_at=now,
    )
    if not badge and _must_wait(room, question, passed):
        question.state, question.hidden = HELD, True
    try:
        with transaction.atomic():
            return _write(room, question, now=now)
    except IntegrityError:
        # The same question arrived twice at once; the unique key let one in.
        return mine.select_related("product").get()


def question_text(text: str) -> str:
    """The text as it may be stored, by the rules of chat lines. Raises NothingVisible, QuestionTooLong."""
    try:
        text = clean_text(text)
    except TooLong as much:
        raise QuestionTooLong from much
    # The column counts code points, the reader counts what they see: both must fit.
    if graphemes(text) > MAX_GRAPHEMES or len(text) > MAX_GRAPHEMES:
        raise QuestionTooLong
    return text


def raise_question(question: Question, *, viewer_key: str, now: datetime) -> int:
    """This viewer wants the answer, too; how many do. Once per viewer, the asker has raised it by asking.

    Raises QuestionGone, AlreadyAnswered.
    """
    with transaction.atomic():
        _vote, fresh = QuestionVote.objects.get_or_create(
            question=question, viewer_key=viewer_key, defaults={"at": now}
        )
        if fresh and not _still_open(question).update(votes=F("votes") + 1):
            # Undoes the vote with the transaction.
            raise _why_closed(question)
    _tell(question.pk, now=now)
    question.refresh_from_db(fields=["votes", "state"])
    return question.votes


def tell_votes(*, now: datetime) -> int:
    """Tell open rooms the counts that were too young to be told when they changed; how many were told.

    Any process may call it at any time; the last count of a wave is never lost.
    """
    waiting = _untold(now).filter(room__in=rooms.open_rooms()).order_by("pk")
    return sum(_tell(pk, now=now) for pk in list(waiting.values_list("pk", flat=True)[:MOST_TOLD]))


def wipe(room: Room) -> None:
    """What was asked in the rehearsal is not for the audience. Call it with the room's log locked."""
    Question.objects.filter(room=room).update(state=REMOVED, seq=0, hidden=True)


def question_cards(room: Room) -> list[dict[str, object]]:
    """The last questions, oldest first; removed ones keep their place so that every screen counts alike."""
    shown = Question.objects.filter(room=room, hidden=False).select_related("product")
    return [question_card(question) for question in reversed(shown.order_by("-seq", "-pk")[:QUESTIONS])]


def question_card(question: Question) -> dict[str, object]:
    """A question as snapshots carry it: with the votes the room was told of, so that frames lead there."""
    gone = question.state == REMOVED
    return {
        "id": question.public_id,
        "product": question.product.public_id,
        "name": "" if gone else question.author_name,
        "author": question.author_tag,
        "text": "" if gone else question.text,
        "rehearsal": question.rehearsal,
        "at": log.milliseconds(question.asked_at),
        "votes": question.told_votes,
        "state": str(question.state),
        **(answered_body(question) if not gone else {"answer": None, "on_air": None}),
    }


def answered_body(question: Question) -> dict[str, object]:
    """What `question.answered` tells: words, the moment on the air (milliseconds UTC), or both."""
    answer = {"text": question.answer, "name": question.answered_name, "badge": question.answered_badge}
    return {
        "answer": answer if question.answer else None,
        "on_air": log.milliseconds(question.on_air_at) if question.on_air_at else None,
    }


def announce_question(room: Room, question: Question, *, now: datetime) -> None:
    """Write the frame of a question, its asker's alone if it is hidden, and its place in the log into it.

    The caller saves the row.
    """
    body = {
        "id": question.public_id,
        "product": question.product.public_id,
        "name": question.author_name,
        "author": question.author_tag,
        "text": question.text,
        "rehearsal": question.rehearsal,
    }
    only_for = question.author_key if question.hidden else ""
    question.seq = log.append(room, QuestionAsked.TYPE, body, now=now, only_for=only_for).seq


def _must_wait(room: Room, question: Question, passed: gate.Passed) -> bool:
    if contains_link(question.text):
        raise NoLinks
    return bool(passed.held_for or blocklist.judge(room, question.text) or room.review)


def _write(room: Room, question: Question, *, now: datetime) -> Question:
    """With the room's log locked, so that parallel questions pass exactly as many as one by one."""
    locked = log.lock(room)
    _check_pace(locked, question, now=now)
    question.room = locked
    if question.state == OPEN:
        announce_question(locked, question, now=now)
    question.save(force_insert=True)
    QuestionVote.objects.create(question=question, viewer_key=question.author_key, at=now)
    return question


def _check_pace(room: Room, question: Question, *, now: datetime) -> None:
    mine = Question.objects.filter(room=room, author_key=question.author_key)
    pause = max(PAUSE, timedelta(seconds=room.slow_seconds))
    if mine.filter(asked_at__gt=now - pause).exists():
        raise TooFast
    if mine.filter(state__in=[OPEN, HELD]).count() >= OPEN_AT_ONCE:
        raise TooManyQuestions


def _still_open(question: Question) -> QuerySet[Question]:
    """The guard of the count: a question answered or taken away meanwhile is not raised any more."""
    return Question.objects.filter(pk=question.pk, state=OPEN)


def _why_closed(question: Question) -> Exception:
    state = Question.objects.values_list("state", flat=True).get(pk=question.pk)
    return AlreadyAnswered() if state == ANSWERED else QuestionGone()


def _untold(now: datetime) -> QuerySet[Question]:
    rested = Q(told_at=None) | Q(told_at__lte=now - TELL_EVERY)
    return Question.objects.filter(rested, hidden=False).exclude(votes=F("told_votes")).exclude(state=REMOVED)


def _tell(question_id: int, *, now: datetime) -> bool:
    """Tell the room the count unless it was told one within the second; whether it was."""
    due = _untold(now).filter(pk=question_id)
    # Looked at first without a lock: of a thousand raises one has to wait for the room's log.
    if not (found := due.select_related("room").first()):
        return False
    with transaction.atomic():
        room = log.lock(found.room)
        if not due.update(told_votes=F("votes"), told_at=now):
            return False
        found.refresh_from_db(fields=["told_votes"])
        body = {"id": found.public_id, "votes": found.told_votes}
        log.append(room, QuestionRaised.TYPE, body, now=now)
    return True
