"""The questions of a room as one person may see them."""

from typing import Any

from django.db.models import Q, QuerySet

from livechat.domain.questions import REMOVED, question_card
from livechat.models import AnswerVerdict, Question, QuestionVote, Room

# As many as a page without script lists.
SHOWN = 30


def visible(room: Room, *, viewer_key: str, moderates: bool) -> QuerySet[Question]:
    """What the room sees and what this person asked, the most wanted first; to moderators what waits, too."""
    found = Question.objects.filter(room=room).exclude(state=REMOVED)
    if not moderates:
        found = found.filter(Q(hidden=False) | Q(author_key=viewer_key or None))
    return found.select_related("product").order_by("-votes", "pk")


def cards(questions: list[Question], *, viewer_key: str) -> list[dict[str, Any]]:
    """Cards with the count of this moment, the product's name, and whether this person had a hand in each.

    Somebody without a key, on their first page, had none; nothing is asked of the database.
    """
    asked = questions if viewer_key else []
    votes = QuestionVote.objects.filter(question__in=asked, viewer_key=viewer_key)
    raised = set(votes.values_list("question", flat=True))
    said = AnswerVerdict.objects.filter(question__in=asked, viewer_key=viewer_key)
    helped = dict(said.values_list("question", "helpful"))
    return [
        own_card(one, mine=one.author_key == viewer_key, raised=one.pk in raised, helped=helped.get(one.pk))
        | {"piece": one.product.name}
        for one in questions
    ]


def own_card(
    question: Question, *, mine: bool = False, raised: bool = False, helped: bool | None = None
) -> dict[str, Any]:
    """A question as one person sees it: with the count of this moment, and what they had to do with it.

    `helped` is what they said of the answer, None as long as they said nothing.
    """
    own = {"votes": question.votes, "mine": mine, "raised": raised, "helped": helped}
    return question_card(question) | own
