"""The question lane in templates: `{% load questions %}`."""

from itertools import groupby
from typing import Any

from django import template
from django.http import HttpRequest

from accounts.domain.viewers import peek_viewer, signed_in
from events.models import Event
from events.rules import can_moderate
from livechat.domain import lane, verdicts
from livechat.domain.answers import answered_in, can_answer
from livechat.domain.log import milliseconds
from livechat.domain.rooms import room_of
from livechat.models import Question

register = template.Library()
JSON = dict[str, Any]


@register.simple_tag(takes_context=True)
def question_lane(context: JSON, event: Event) -> JSON:
    """`{% question_lane event as lane %}`: the questions as this person may see them, and what they may do.

    `questions` are rows of the API's shape with `piece`, the product's name; `may` goes to the scripts.
    """
    request: HttpRequest = context["request"]
    user, viewer = signed_in(request.user), peek_viewer(request)
    room = room_of(event)
    moderates = can_moderate(user, event)
    found = lane.visible(room, viewer_key=viewer.key if viewer else "", moderates=moderates)
    return {
        "questions": lane.cards(list(found[: lane.SHOWN]), viewer_key=viewer.key if viewer else ""),
        "may": {"answer": can_answer(user, event), "moderate": moderates},
        "named": bool(viewer and viewer.name),
    }


@register.simple_tag
def answered_questions(event: Event) -> list[tuple[str, list[Question]]]:
    """`{% answered_questions event as answered %}`: (name of the piece, its questions), by line-up."""
    found = groupby(answered_in(event), key=lambda question: question.product.name)
    return [(name, list(group)) for name, group in found]


@register.simple_tag(takes_context=True)
def verdicts_on(context: JSON, answered: list[Any]) -> dict[int, verdicts.Verdicts]:
    """`{% verdicts_on answered as said %}`: what was said of each, by question; of groups, too. One query."""
    viewer = peek_viewer(context["request"])
    listed = [each if isinstance(each, tuple) else ("", [each]) for each in answered]
    questions = [question for _name, group in listed for question in group]
    return verdicts.of(questions, viewer_key=viewer.key if viewer else "")


@register.filter
def verdict(said: dict[int, verdicts.Verdicts], question: Question) -> verdicts.Verdicts:
    """`{% with v=said|verdict:question %}`: what was said of one answer; nothing yet is counted, too."""
    return said.get(question.pk, verdicts.Verdicts())


@register.simple_tag
def minutes_in(question: Question, event: Event) -> int | None:
    """Whole minutes of the show that had passed when the question was answered on the air."""
    began = event.went_live_at or event.starts_at
    if question.on_air_at is None or question.on_air_at < began:
        return None
    return int((question.on_air_at - began).total_seconds()) // 60


@register.filter
def moment(question: Question) -> int | None:
    """`{{ question|moment }}`: milliseconds UTC, by which a player finds the place."""
    return milliseconds(question.on_air_at) if question.on_air_at else None
