"""What the room answered, in templates: `{% load answers %}`."""

from dataclasses import dataclass

from django import template

from events.models import Event
from livechat.domain.polls import results
from livechat.domain.rooms import room_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class Answer:
    """One option of a poll that is over; `share` in whole per cent."""

    text: str
    votes: int
    share: int


@dataclass(frozen=True, slots=True)
class Result:
    """A poll that is over."""

    question: str
    answers: list[Answer]
    votes: int


@register.simple_tag
def poll_results(event: Event) -> list[Result]:
    """`{% poll_results event as polls %}`: the polls of the show that people voted in, in their order."""
    over = (card for card in results(room_of(event)) if not card["open"])
    return [
        _result(card["question"], card["options"], card["counts"]) for card in over if sum(card["counts"])
    ]


def _result(question: str, options: list[str], counts: list[int]) -> Result:
    votes = sum(counts)
    answers = [
        Answer(text, count, round(100 * count / votes)) for text, count in zip(options, counts, strict=True)
    ]
    return Result(question, answers, votes)
