"""The question lane: asking about a product, raising a question, answering in words or on the air."""

from livechat.domain import log
from livechat.models import Question, Room
from livechat.wire.fold import QUESTIONS


def question_cards(room: Room) -> list[dict[str, object]]:
    """The last questions, oldest first; removed ones keep their place so that every screen counts alike."""
    last = Question.objects.filter(room=room).select_related("product").order_by("-pk")[:QUESTIONS]
    return [question_card(question) for question in reversed(last)]


def question_card(question: Question) -> dict[str, object]:
    """A question as snapshots carry it."""
    gone = question.state == Question.State.REMOVED
    answer = {"text": question.answer, "name": question.answered_name, "badge": question.answered_badge}
    return {
        "id": question.public_id,
        "product": question.product.public_id,
        "name": "" if gone else question.author_name,
        "author": question.author_tag,
        "text": "" if gone else question.text,
        "rehearsal": question.rehearsal,
        "at": log.milliseconds(question.asked_at),
        "votes": question.votes,
        "state": str(question.state),
        "answer": answer if question.answer and not gone else None,
        "on_air": log.milliseconds(question.on_air_at) if question.on_air_at and not gone else None,
    }
