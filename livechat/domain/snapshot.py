"""The whole room as one JSON value. Snapshot plus later frames equals a later snapshot (`wire.fold`)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from catalog.queries import product_cards, sources
from events.domain.disclosure import disclosures
from events.models import Event, Host
from events.streaming.registry import engine
from livechat.domain import presence
from livechat.domain.log import milliseconds
from livechat.domain.messages import line_card
from livechat.domain.notices import notice_card
from livechat.domain.pins import pin_card
from livechat.domain.polls import poll_card
from livechat.domain.programme import programme_card, untouched
from livechat.domain.questions import question_cards
from livechat.domain.rooms import settings_card
from livechat.models import ChatMessage, LineState, Room
from livechat.wire.fold import CHAT_LINES

JSON = dict[str, Any]
Told = list[tuple[Host, str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a look at the room found: the card screens get; the hosts, with what viewers are told of them."""

    card: JSON
    told: Told


def snapshot(room: Room, *, now: datetime) -> JSON:
    """Everything a screen shows, as of the log's head."""
    return read(room, now=now).card


def read(room: Room, *, now: datetime) -> Reading:
    """The room as it is.

    Epoch and head are read first: a frame written while the rest is read is then applied again, which changes
    nothing, instead of being lost.
    """
    fresh = Room.objects.select_related("event__brand", "event__stream").get(pk=room.pk)
    event = fresh.event
    told = disclosures(event)
    card = {
        "epoch": fresh.epoch,
        "head": fresh.head,
        "now": milliseconds(now),
        "event": event_card(event, told),
        "pins": [pin_card(pin) for pin in _pins(room)],
        "programme": programme_card(event),
        **lineup_card(event, now=now),
        "chat": chat_lines(room),
        "presence": presence.count(room, now=now),
        "settings": settings_card(fresh),
        "notice": notice_card(room),
        "questions": question_cards(room),
        "poll": poll_card(room),
    }
    return Reading(card, told)


def event_card(event: Event, told: Told) -> JSON:
    """The show, its hosts and its picture."""
    return {
        "slug": event.slug,
        "title": event.title,
        "state": event.state,
        "starts_at": _iso(event.starts_at),
        "ends_at": _iso(event.ends_at),
        "brand": event.brand.name,
        "currency": event.currency,
        "hosts": host_cards(told),
        "stream": stream_card(event),
    }


def host_cards(told: Told) -> list[JSON]:
    """The hosts in their order, with what viewers must be told of each."""
    return [
        {
            "slug": host.slug,
            "name": host.name,
            "headline": host.headline,
            "portrait": sources(host.portrait) if host.portrait else None,
            "disclosure": words,
        }
        for host, words in told
    ]


def stream_card(event: Event) -> JSON:
    """What the picture does and where it is: a path at the media origin, or a whole address."""
    stream = getattr(event, "stream", None)
    if stream is None:
        return {"state": "idle", "playlist": ""}
    return {"state": stream.state, "playlist": engine().playback(stream.public_id).hls}


def lineup_card(event: Event, *, now: datetime | None) -> JSON:
    """The run of show and the cards of its products, priced in the show's currency.

    Pieces kept back until after `now` are left out; without a time everything is there, for the crew.
    """
    kept = event.lineup.all() if now is None else event.lineup.shown(now)
    items = list(kept.select_related("product__brand", "segment").order_by("position", "pk"))
    cards = product_cards([item.product for item in items], currency=event.currency)
    return {
        "products": {card["id"]: card for card in cards},
        "lineup": [
            {
                "item": item.public_id,
                "product": item.product.public_id,
                "position": item.position,
                "planned_second": item.planned_second,
                "segment": item.segment.public_id if item.segment else None,
            }
            for item in items
        ],
    }


def chat_lines(room: Room) -> list[JSON]:
    """The last lines, oldest first; deleted ones keep their place so that every screen counts alike."""
    said = ChatMessage.objects.filter(room=room, state=LineState.SHOWN).select_related("reply_to")
    last = said.order_by("-seq", "-pk")[:CHAT_LINES]
    return [line_card(message) for message in reversed(last)]


def behind_the_curtain(card: JSON) -> JSON:
    """What people who do not work here see of a rehearsal: a show that is yet to begin."""
    event = {**card["event"], "state": "scheduled", "stream": {"state": "idle", "playlist": ""}}
    empty: JSON = {"pins": [], "chat": [], "questions": [], "poll": None, "notice": None}
    return {**card, **empty, "event": event, "programme": untouched(card["programme"])}


def _pins(room: Room) -> Any:
    return room.pins.showing().select_related("item", "product", "host")


def _iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
