"""The questions of a room as one person may see them."""

from typing import Any

from django.db.models import Q, QuerySet

from livechat.domain.questions import REMOVED, question_card
from livechat.models import Question, QuestionVote, Room

# As many as a page without script lists.
SHOWN = 30


def visible(room: Room, *, viewer_key: str, moderates: bool) -> QuerySet[Question]:
    """What the room sees and what this person asked, the most wanted first; to moderators what waits, too."""
    found = Question.objects.filter(room=room).exclude(state=REMOVED)
    if not moderates:
        found = found.filter(Q(hidden=False) | Q(author_key=viewer_key or None))
    return found.select_related("product").order_by("-votes", "pk")


def cards(questions: list[Question], *, viewer_key: str) -> list[dict[str, Any]]:
    """Cards with the count of this moment, the product's name, and whether this person had a hand in each."""
    votes = QuestionVote.objects.filter(question__in=questions, viewer_key=viewer_key)
    raised = set(votes.values_list("question", flat=True))
    return [
        own_card(one, mine=one.author_key == viewer_key, raised=one.pk in raised)
        | {"piece": one.product.name}
        for one in questions
    ]


def own_card(question: Question, *, mine: bool = False, raised: bool = False) -> dict[str, Any]:
    """A question as one person sees it: with the count of this moment, and whether they had a hand in it."""
    return question_card(question) | {"votes": question.votes, "mine": mine, "raised": raised}
