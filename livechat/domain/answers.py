"""Answering questions, in words or on the air, and taking one away. Locks as in `domain.questions`."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from catalog.models import Product
from events.models import Event, Host
from events.rules import can_care, can_host, can_moderate
from livechat.domain import acts, log
from livechat.domain.authors import Person
from livechat.domain.questions import ANSWERED, HELD, OPEN, REMOVED, announce_question, answered_body
from livechat.domain.rooms import badge_of
from livechat.domain.text import clean_text
from livechat.errors import NotAllowed, NotOpen, QuestionGone, TooLong
from livechat.models import Question, Room, RoomFrame
from livechat.wire.frames import QuestionAnswered, QuestionAsked, QuestionRemoved

MAX_ANSWER = 600
CARE = "care"
NAME = 40


def can_answer(user: User | None, event: Event) -> bool:
    """Hosts, care agents, moderators and staff of the event."""
    return can_host(user, event) or can_care(user, event) or can_moderate(user, event)


def answer_question(question: Question, *, text: str, by: User, now: datetime) -> Question:
    """Answer in words; a later answer takes the place of the one before. Also after the show.

    Raises NotAllowed, NothingVisible, TooLong, QuestionGone.
    """
    _check(question, by)
    text = clean_text(text)
    # What a reader counts is checked above; the column counts code points.
    if len(text) > MAX_ANSWER:
        raise TooLong
    return _answer(question, by=by, now=now, answer=text, **_signed(question, by))


def answer_on_air(question: Question, *, by: User, now: datetime) -> Question:
    """The host speaks of it now: the moment is kept, and a second tap does not move it.

    Raises NotAllowed, NotOpen (only open rooms are on the air), QuestionGone.
    """
    _check(question, by)
    if not question.room.event.is_open:
        raise NotOpen
    if question.on_air_at is not None and question.state == ANSWERED:
        return question
    # Words that stand already keep the name of whoever wrote them.
    signed = {} if question.answer else _signed(question, by)
    return _answer(question, by=by, now=now, on_air_at=now, **signed)


@transaction.atomic
def remove_question(question: Question, *, by: User, now: datetime, reason: str = "") -> bool:
    """Take a question away for good, words and answer; False when it was gone already.

    Raises NotAllowed to people who may not moderate the event.
    """
    acts.need_moderator(by, question.room)
    room = log.lock(question.room)
    gone = Question.objects.filter(pk=question.pk).exclude(state=REMOVED).update(state=REMOVED)
    if not gone:
        return False
    question.state = REMOVED
    if not question.hidden:
        log.append(room, QuestionRemoved.TYPE, {"id": question.public_id}, now=now)
        _redact(room, question)
    acts.record(
        room,
        acts.Verb.QUESTION,
        by=by,
        now=now,
        target=Person(question.author_key, question.author_name, question.author_tag, question.author),
        reason=reason,
        detail={"text": question.text},
    )
    return True


@transaction.atomic
def let_through(question: Question, *, by: User, now: datetime) -> Question:
    """Show the room a question that waited for a moderator; it was asked at this moment.

    Raises NotAllowed, NotOpen, QuestionGone (it waits no more).
    """
    acts.need_moderator(by, question.room)
    room = log.lock(question.room)
    if not room.event.is_open:
        raise NotOpen
    waiting = Question.objects.filter(pk=question.pk, state=HELD)
    # The guard: of two moderators one lets it through.
    if not waiting.update(state=OPEN, hidden=False, asked_at=now):
        raise QuestionGone
    question.state, question.hidden, question.asked_at = OPEN, False, now
    announce_question(room, question, now=now)
    question.save(update_fields=["seq"])
    return question


def answered_for_product(product: Product, *, most: int) -> list[Question]:
    """The last questions about a piece that were answered, in any show of any brand that had it."""
    told = _answered().filter(product=product, rehearsal=False).exclude(room__event__state="draft")
    return list(told.select_related("room__event__brand").order_by("-answered_at", "-pk")[:most])


def answered_in(event: Event) -> list[Question]:
    """What was answered in one show, in the order of the line-up and of the answers."""
    told = _answered().filter(room__event=event).select_related("product").order_by("answered_at", "pk")
    place = {pk: n for n, pk in enumerate(event.lineup.values_list("product", flat=True))}
    return sorted(told, key=lambda question: place.get(question.product_id, len(place)))


def _answered() -> QuerySet[Question]:
    # The rehearsal crowd's stay in their room: a piece is not sold with made-up questions.
    return Question.objects.filter(state=ANSWERED, hidden=False)


def _check(question: Question, by: User) -> None:
    if not can_answer(by, question.room.event):
        raise NotAllowed


def _answer(question: Question, *, by: User, now: datetime, **changes: Any) -> Question:
    with transaction.atomic():
        room = log.lock(question.room)
        # The guard: a question taken away meanwhile stays away.
        there = Question.objects.filter(pk=question.pk, state__in=[OPEN, ANSWERED], hidden=False)
        if not there.update(state=ANSWERED, answered_at=question.answered_at or now, **changes):
            raise QuestionGone
        question.refresh_from_db()
        body = {"id": question.public_id, **answered_body(question)}
        log.append(room, QuestionAnswered.TYPE, body, now=now)
    return question


def _signed(question: Question, by: User) -> dict[str, Any]:
    event = question.room.event
    host = Host.objects.filter(event_hosts__event=event, user=by).first()
    name = host.name if host else by.display_name or event.brand.name
    return {
        "answered_by": by,
        "answered_name": name[:NAME],
        "answered_badge": badge_of(by, event) or CARE,
    }


def _redact(room: Room, question: Question) -> None:
    """Take the words out of the log, too: whoever comes later must not read them there."""
    told = RoomFrame.objects.filter(
        room=room, type__in=[QuestionAsked.TYPE, QuestionAnswered.TYPE], body__id=question.public_id
    )
    words = {"name": "", "text": "", "answer": None, "on_air": None}
    for frame in told:
        frame.body = {name: words.get(name, value) for name, value in frame.body.items()}
        frame.save(update_fields=["body"])
