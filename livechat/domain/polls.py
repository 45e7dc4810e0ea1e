"""Polls: the host asks, the room answers by a tap, the result is final."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count

from accounts.models import User
from events.rules import can_host
from livechat.domain import log
from livechat.domain.text import clean_text
from livechat.errors import AlreadyVoted, BadOption, BadPoll, NotAllowed, NotOpen, PollClosed, PollOpen
from livechat.models import Poll, PollVote, Room
from livechat.wire import frames

JSON = dict[str, Any]
OPTIONS = range(2, 7)
MAX_QUESTION = 140
MAX_OPTION = 60


def open_poll(room: Room, *, question: str, options: Iterable[str], by: User, now: datetime) -> Poll:
    """Ask the room. Raises NotAllowed (`by` may not host the event), NotOpen, BadPoll, PollOpen.

    BadPoll: not two to six different answers, or words that are too long or show nothing.
    """
    if not can_host(by, room.event):
        raise NotAllowed
    question = _words(question, most=MAX_QUESTION)
    answers = [_words(option, most=MAX_OPTION) for option in options]
    if len(answers) not in OPTIONS or len({answer.casefold() for answer in answers}) < len(answers):
        raise BadPoll
    try:
        with transaction.atomic():
            return _open(room, question=question, options=answers, by=by, now=now)
    except IntegrityError:
        # The guard: one open poll per room, whoever asked first.
        raise PollOpen from None


@transaction.atomic
def close_poll(poll: Poll, *, by: User, now: datetime) -> bool:
    """Write the result and tell it; False when it was closed already. Raises NotAllowed."""
    if not can_host(by, poll.room.event):
        raise NotAllowed
    return _close(log.lock(poll.room), poll, now=now)


@transaction.atomic
def close_open(room: Room, *, now: datetime) -> bool:
    """Close what is still open, as when a show ends; False when nothing was."""
    stage = log.lock(room)
    poll = Poll.objects.filter(room=stage, closed_at=None).first()
    return poll is not None and _close(stage, poll, now=now)


def forget_rehearsed(room: Room) -> None:
    """What was asked in the rehearsal was asked for practice; its votes go with it."""
    Poll.objects.filter(room=room).delete()


def cast_vote(
    room: Room, *, poll: str, viewer_key: str, option: int, now: datetime, rehearsal: bool = False
) -> PollVote:
    """Choose an option; the same choice again is the same vote, also after the poll was closed.

    `poll` is its public id. Raises PollClosed, BadOption, AlreadyVoted (`option` of the error is the vote
    that counts).
    """
    mine = PollVote.objects.filter(poll__room=room, poll__public_id=poll, viewer_key=viewer_key)
    given = mine.first()
    if given is None:
        try:
            return _cast(room, poll=poll, viewer_key=viewer_key, option=option, now=now, rehearsal=rehearsal)
        except IntegrityError:
            # The guard: two taps at once, and the unique key let one in.
            given = mine.get()
    if given.option != option:
        raise AlreadyVoted(given.option)
    return given


def poll_card(room: Room) -> JSON | None:
    """The last poll, open (`counts` None) or with its result, as snapshots carry it."""
    last = Poll.objects.filter(room=room).last()
    if last is None:
        return None
    return {
        "id": last.public_id,
        "question": last.question,
        "options": last.options,
        "counts": last.counts,
    }


def vote_of(room: Room, viewer_key: str) -> JSON | None:
    """The last choice of this viewer in the room, `{poll, option}`; the poll may be an earlier one."""
    votes = PollVote.objects.filter(poll__room=room, viewer_key=viewer_key).select_related("poll")
    given = votes.order_by("-poll").first()
    return {"poll": given.poll.public_id, "option": given.option} if given else None


def tallies(rooms: list[int]) -> dict[int, JSON]:
    """The votes so far of the open polls: `{room id: {id, counts, rehearsal}}`; two queries for all rooms.

    `counts` are people's votes in the order of the options, `rehearsal` how many the rehearsal crowd gave.
    """
    polls = list(Poll.objects.filter(room__in=rooms, closed_at=None))
    counted = _counted(polls)
    return {poll.room_id: {"id": poll.public_id, **counted[poll.pk]} for poll in polls}


def results(room: Room, *, viewer_key: str = "") -> list[JSON]:
    """Every poll of the room in its order, with its votes and what this viewer chose (None: nothing)."""
    polls = list(Poll.objects.filter(room=room))
    counted = _counted([poll for poll in polls if poll.counts is None])
    chosen = dict(
        PollVote.objects.filter(poll__in=polls, viewer_key=viewer_key).values_list("poll", "option")
    )
    return [
        {
            "id": poll.public_id,
            "question": poll.question,
            "options": poll.options,
            "counts": poll.counts if poll.counts is not None else counted[poll.pk]["counts"],
            "open": poll.closed_at is None,
            "yours": chosen.get(poll.pk),
            "opened_at": log.milliseconds(poll.opened_at),
            "closed_at": log.milliseconds(poll.closed_at) if poll.closed_at else None,
        }
        for poll in polls
    ]


def _words(text: str, *, most: int) -> str:
    words = clean_text(text)
    if len(words) > most:
        raise BadPoll
    return words


def _open(room: Room, *, question: str, options: list[str], by: User, now: datetime) -> Poll:
    stage = log.lock(room)
    if not stage.event.is_open:
        raise NotOpen
    poll = Poll.objects.create(room=stage, question=question, options=options, opened_by=by, opened_at=now)
    body = {"id": poll.public_id, "question": question, "options": options}
    log.append(stage, frames.PollOpened.TYPE, body, now=now)
    return poll


def _close(room: Room, poll: Poll, *, now: datetime) -> bool:
    # The guard of the result. From here votes wait for the commit and then find the poll closed; those that
    # were under way hold the row and are counted below.
    if not Poll.objects.filter(pk=poll.pk, closed_at=None).update(closed_at=now):
        return False
    counts = _counted([poll])[poll.pk]["counts"]
    Poll.objects.filter(pk=poll.pk).update(counts=counts)
    log.append(room, frames.PollClosed.TYPE, {"id": poll.public_id, "counts": counts}, now=now)
    return True


@transaction.atomic
def _cast(room: Room, *, poll: str, viewer_key: str, option: int, now: datetime, rehearsal: bool) -> PollVote:
    # Held until the commit, so that no vote is written after the result.
    asked = Poll.objects.select_for_update().filter(room=room, public_id=poll, closed_at=None).first()
    if asked is None:
        raise PollClosed
    if option not in range(len(asked.options)):
        raise BadOption
    return PollVote.objects.create(
        poll=asked, viewer_key=viewer_key, option=option, rehearsal=rehearsal, at=now
    )


def _counted(polls: list[Poll]) -> dict[int, JSON]:
    found: dict[int, JSON] = {poll.pk: {"counts": [0] * len(poll.options), "rehearsal": 0} for poll in polls}
    votes = PollVote.objects.filter(poll__in=polls).order_by()
    for poll, option, rehearsal, given in votes.values_list("poll", "option", "rehearsal").annotate(
        Count("pk")
    ):
        if rehearsal:
            found[poll]["rehearsal"] += given
        else:
            found[poll]["counts"][option] += given
    return found
