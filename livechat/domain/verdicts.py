""" "Did this help?": what viewers say of an answer. The last word of each counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from accounts.domain.viewers import Viewer
from events.rules import works_for
from livechat.domain.questions import ANSWERED
from livechat.errors import NotAllowed, NotAnswered, TooFast
from livechat.models import AnswerVerdict, Question

# More in a minute is no reading any more.
MOST_A_MINUTE = 20
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What was said of one answer, and what this viewer said: True, False or nothing yet."""

    yes: int = 0
    no: int = 0
    mine: bool | None = None

    @property
    def all(self) -> int:
        return self.yes + self.no


def judge(
    question: Question, *, viewer: Viewer, helpful: bool, now: datetime, rehearsal: bool = False
) -> None:
    """Say whether the answer helped; a later word takes the place of the one before.

    Raises NotAnswered, NotAllowed (people at work here and the rehearsal crowd have no say), TooFast.
    """
    if question.state != ANSWERED or question.hidden:
        raise NotAnswered
    if rehearsal or question.rehearsal or works_for(viewer.user, question.room.event):
        raise NotAllowed
    _check_pace(viewer, now=now)
    AnswerVerdict.objects.update_or_create(
        question=question, viewer_key=viewer.key, defaults={"helpful": helpful, "at": now}
    )


def of(questions: Iterable[Question], *, viewer_key: str = "") -> dict[int, Verdicts]:
    """The verdicts on each question, by its row, and this viewer's own; one query."""
    rows = AnswerVerdict.objects.filter(question__in=[question.pk for question in questions])
    mine = Q(viewer_key=viewer_key) if viewer_key else Q(pk=None)
    counted = (
        rows.order_by()
        .values_list("question")
        .annotate(
            yes=Count("pk", filter=Q(helpful=True)),
            no=Count("pk", filter=Q(helpful=False)),
            said_yes=Count("pk", filter=mine & Q(helpful=True)),
            said_no=Count("pk", filter=mine & Q(helpful=False)),
        )
    )
    return {
        question: Verdicts(yes, no, bool(said_yes) if said_yes or said_no else None)
        for question, yes, no, said_yes, said_no in counted
    }


def _check_pace(viewer: Viewer, *, now: datetime) -> None:
    lately = AnswerVerdict.objects.filter(viewer_key=viewer.key, at__gt=now - MINUTE)
    if lately.count() >= MOST_A_MINUTE:
        raise TooFast
