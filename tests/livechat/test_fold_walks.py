"""Snapshot plus frames from every step of random evenings: whatever order things happen in, screens agree."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from catalog.domain import stock
from catalog.domain.pricing import set_price
from events.domain import onair
from events.enums import EventState, StreamState
from events.signals import lineup_changed, stream_state_changed
from livechat.domain import log, moderation, notices, polls, shelf
from livechat.domain.answers import answer_question, remove_question
from livechat.domain.authors import person_of
from livechat.domain.messages import post_message
from livechat.domain.pins import place_pin, remove_pin
from livechat.domain.questions import ask_question, raise_question, tell_votes
from livechat.domain.room_settings import change_settings
from livechat.domain.snapshot import snapshot
from livechat.domain.undoing import undo
from livechat.errors import RoomError
from livechat.models import ModerationAct, Room
from livechat.wire.fold import fold
from tests.factories.accounts import make_superuser, make_user
from tests.factories.catalog import make_product, make_stocked_variant
from tests.factories.events import (
    NOW,
    make_event,
    make_event_host,
    make_host,
    make_lineup_item,
    make_segment,
    make_stream,
)
from tests.factories.livechat import make_guest, make_room

pytestmark = pytest.mark.django_db
SEEDS = range(3)
STEPS = 70
KINDS = 12
OF_THE_MOMENT = ("now", "presence")


class Evening:
    """One show, and the acts of everybody in it. Refusals are part of it: they must tell the room nothing."""

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.now = rng, NOW
        self.host, self.staff = make_user(), make_superuser()
        event = make_event(state=EventState.LIVE)
        make_event_host(event, host=make_host(user=self.host))
        make_stream(event)
        for _ in range(4):
            product = make_product(brand=event.brand)
            make_stocked_variant(product=product, on_hand=500)
            make_lineup_item(event, product=product)
        self.room = make_room(event)
        self.guests = [make_guest(f"Guest {n}") for n in range(4)]
        self._count = 0

    def step(self) -> None:
        """Something happens."""
        acts = {self.talk: 5, self.delete: 4, self.clear: 2, self.undo: 5, self.pin: 4, self.unpin: 2}
        acts |= {self.hold: 3, self.reprice: 2, self.ask: 5, self.vote: 3, self.answer: 2, self.unask: 2}
        acts |= {
            self.poll: 2,
            self.notice: 3,
            self.settings: 1,
            self.picture: 1,
            self.lineup: 1,
            self.programme: 2,
        }
        (act,) = self.rng.choices(list(acts), list(acts.values()))
        self.now += timedelta(seconds=self.rng.choice([1, 5, 40]))
        try:
            act()
        except RoomError:
            return

    def later(self) -> datetime:
        self.now += timedelta(seconds=31)
        return self.now

    def next(self) -> str:
        self._count += 1
        return f"n{self._count}"

    def pick(self, rows: Any) -> Any:
        found = list(rows)
        return self.rng.choice(found) if found else None

    # --- Acts ----------------------------------------------------------------------------------------------
    def talk(self) -> None:
        """A burst, sometimes more than the fifty lines a screen keeps."""
        for _ in range(self.rng.choice([1, 2, 3, 25])):
            text, badge = f"Line {self.next()}", self.rng.choice(["", "", "host"])
            who = self.rng.choice(self.guests)
            post_message(self.room, viewer=who, text=text, client_id=text, badge=badge, now=self.later())

    def line(self) -> Any:
        return self.pick(self.room.messages.all())

    def delete(self) -> None:
        if line := self.line():
            moderation.delete_message(line, by=self.staff, now=self.now)

    def clear(self) -> None:
        if line := self.line():
            target = person_of(self.room, line.author_tag)
            moderation.clear_lines(self.room, target=target, by=self.staff, now=self.now)

    def undo(self) -> None:
        if act := self.pick(ModerationAct.objects.filter(room=self.room)):
            undo(act, by=self.staff, now=self.now)

    def pin(self) -> None:
        item = self.pick(self.room.event.lineup.select_related("product"))
        place_pin(self.room, item=item, by=self.host, host=None, now=self.now)

    def unpin(self) -> None:
        if pin := self.pick(self.room.pins.showing()):
            remove_pin(pin, by=self.host, now=self.now)

    def variant(self) -> Any:
        return self.pick(self.room.event.lineup.all()).product.variants.get()

    def hold(self) -> None:
        stock.hold(self.variant(), holder=f"guest:{self.next()}", quantity=1, now=self.now)
        shelf.tell_rooms(now=self.now)

    def reprice(self) -> None:
        set_price(self.variant(), amount=self.rng.randrange(100, 9_000), currency="EUR", now=self.now)
        shelf.tell_rooms(now=self.now)

    def ask(self) -> None:
        product = self.pick(self.room.event.lineup.all()).product
        who, key = self.rng.choice(self.guests), self.next()
        ask_question(
            self.room, product=product, viewer=who, text=f"Why {key}?", client_id=key, now=self.later()
        )

    def question(self) -> Any:
        return self.pick(self.room.questions.all())

    def vote(self) -> None:
        if question := self.question():
            raise_question(question, viewer_key=f"hand:{self.next()}", now=self.now)
            tell_votes(now=self.later())

    def answer(self) -> None:
        if question := self.question():
            answer_question(question, text="Goat.", by=self.host, now=self.now)

    def unask(self) -> None:
        if question := self.question():
            remove_question(question, by=self.staff, now=self.now)

    def poll(self) -> None:
        if opened := self.room.polls.filter(closed_at=None).first():
            polls.close_poll(opened, by=self.host, now=self.now)
        else:
            polls.open_poll(self.room, question="Which?", options=["A", "B"], by=self.host, now=self.now)

    def notice(self) -> None:
        if self.rng.random() < 0.3:
            notices.remove_notice(self.room, by=self.staff, now=self.now)
        else:
            notices.place_notice(self.room, text=f"Notice {self.next()}", by=self.staff, now=self.now)

    def settings(self) -> None:
        wanted = {"slow_seconds": self.rng.choice([0, 5, 30])}
        change_settings(self.room, **wanted, by=self.staff, now=self.now)

    def picture(self) -> None:
        stream = self.room.event.stream
        stream.state = self.rng.choice([StreamState.LOST, StreamState.LIVE])
        stream.save()
        stream_state_changed.send(
            type(self.room.event), event=self.room.event, before="", after="", now=self.now
        )

    def lineup(self) -> None:
        product = make_product(brand=self.room.event.brand)
        make_stocked_variant(product=product, on_hand=500)
        make_lineup_item(self.room.event, product=product)
        lineup_changed.send(type(self.room.event), event=self.room.event, now=self.now)

    def programme(self) -> None:
        """A segment is planned, begins or ends, as the evening goes."""
        event = self.room.event
        coming = onair.next_segment(event)
        if coming is None:
            make_segment(event, now=self.now)
        elif self.rng.random() < 0.3:
            onair.finish(event, now=self.now)
        else:
            onair.start_segment(coming, now=self.now)

    # --- Looking -------------------------------------------------------------------------------------------
    def look(self) -> dict[str, Any]:
        self.room = Room.objects.select_related("event__brand").get(pk=self.room.pk)
        return {k: v for k, v in snapshot(self.room, now=self.now).items() if k not in OF_THE_MOMENT}

    def frames_after(self, look: dict[str, Any]) -> list[dict[str, Any]]:
        """What the log tells whoever stands at this look."""
        return [log.to_message(row) for row in log.since(self.room, epoch=look["epoch"], seq=look["head"])]


def differences(found: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    """Where two rooms differ, short enough to read."""
    return {name: (found[name], wanted[name]) for name in wanted if found[name] != wanted[name]}


@pytest.mark.long_walk
@pytest.mark.parametrize("seed", SEEDS)
def test_from_every_moment_of_an_evening_the_frames_lead_to_its_end(seed):
    evening = Evening(random.Random(seed))
    looks = [evening.look()]
    for _ in range(STEPS):
        evening.step()
        looks.append(evening.look())
        news = evening.frames_after(looks[-2])
        assert (news, differences(fold(looks[-2], news), looks[-1])) == (news, {})
    # Who comes back later is told by the log, from which words have been taken away meanwhile.
    for before in looks[:: STEPS // 10]:
        assert differences(fold(before, evening.frames_after(before)), looks[-1]) == {}
    assert len({frame["type"] for frame in evening.frames_after(looks[0])}) > KINDS
