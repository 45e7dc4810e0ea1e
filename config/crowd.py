"""The rehearsal crowd: made-up viewers who use the demo the way people do, by HTTP and the socket.

They carry the signed header of `livechat.domain.rehearsal`, so all they do is marked wherever it shows.
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from accounts.codes import new_public_id
from config.lines import ABOUT, SMALL_TALK
from livechat.domain.rehearsal import HEADER, rehearsal_header
from livechat.wire.responses import KINDS

logger = logging.getLogger(__name__)
# So that the door's limits hold for a crowd from one address, too.
ARRIVALS_A_SECOND = 4
# Seconds between two looks whether the crowd was called back.
LOOK_EVERY = 1.0
GoesOn = Callable[[], Awaitable[bool]]
# Pieces of every variant the crowd leaves to people.
LEAVES = 3
UNDONE = (httpx.HTTPError, WebSocketException, OSError, KeyError, ValueError)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between things, drawn evenly between two ends."""

    talk: tuple[float, float] = (18.0, 75.0)
    buy: tuple[float, float] = (240.0, 720.0)
    react: tuple[float, float] = (9.0, 45.0)
    vote: tuple[float, float] = (2.0, 20.0)
    again: tuple[float, float] = (2.0, 8.0)


# A rehearsal is short: people in it talk more than those of an evening.
SENT = Pace(talk=(6.0, 30.0), react=(4.0, 20.0), again=(4.0, 12.0))


@dataclass(frozen=True, slots=True)
class Persona:
    """Who somebody pretends to be."""

    name: str
    language: str
    street: str
    postcode: str
    city: str
    country: str

    def contact(self) -> dict[str, str]:
        """What they write into the checkout; the address leads nowhere."""
        mailbox = f"{new_public_id()[:8].lower()}@rehearsal.example"
        where = {"street": self.street, "postcode": self.postcode, "city": self.city, "country": self.country}
        return {"name": self.name, "email": mailbox, **where}


PERSONAS = (
    Persona("Théo", "fr", "14 rue Mercière", "69002", "Lyon", "FR"),
    Persona("Mei", "zh", "18 Wukang Road", "200031", "Shanghai", "CN"),
    Persona("Ingrid", "de", "Lindenallee 12", "20259", "Hamburg", "DE"),
    Persona("Kaori", "ja", "2-7-1 Gion", "605-0073", "Kyoto", "JP"),
    Persona("Lucía", "es", "Calle del Prado 8", "28014", "Madrid", "ES"),
    Persona("Amelia", "en", "21 Lamb Street", "E1 6EA", "London", "GB"),
)


@dataclass
class Visitor:
    """One of the crowd: a browser session with a name, in one room."""

    persona: Persona
    site: str  # scheme://host:port
    random: Random
    pace: Pace = field(default_factory=Pace)
    slug: str = ""  # the show they were sent to; empty: whichever is on
    on_stage: list[dict[str, Any]] = field(default_factory=list)
    products: dict[str, Any] = field(default_factory=dict)
    poll: dict[str, Any] | None = None

    async def attend(self) -> None:
        """Enter the live room, stay until it closes, and do it again; for ever."""
        while True:
            headers = {HEADER: rehearsal_header(self.slug), "Referer": f"{self.site}/"}
            async with httpx.AsyncClient(base_url=self.site, headers=headers, timeout=10) as http:
                try:
                    if slug := self.slug or await live_room(http):
                        await self.stay(http, slug)
                except UNDONE as error:
                    logger.info("crowd: %s: %r", self.persona.name, error)
            await self.wait(self.pace.again)

    async def stay(self, http: httpx.AsyncClient, slug: str) -> None:
        """Take a seat in the room, listen, talk and buy until the socket closes."""
        await http.get(f"/events/{slug}/")
        await self.post(http, f"/api/v1/rooms/{slug}/name/", {"name": self.persona.name})
        ticket = (await self.post(http, f"/api/v1/rooms/{slug}/ticket/"))["ticket"]
        address = f"{self.site.replace('http', 'ws', 1)}/ws/rooms/{slug}/?ticket={ticket}"
        cookies = "; ".join(f"{name}={value}" for name, value in http.cookies.items())
        async with connect(address, origin=self.site, additional_headers={"Cookie": cookies}) as socket:  # type: ignore[arg-type]  # a plain string will do
            # No lag is reported: the crowd watches no picture.
            acts = [self.talk(socket), self.react(socket), self.answer(socket)]
            # Sent into a rehearsal they leave money and stock alone: both are real.
            if not self.slug:
                acts.append(self.shop(http, slug))
            doing = [asyncio.create_task(act) for act in acts]
            try:
                async for text in socket:
                    self.hear(json.loads(text))
            finally:
                for task in doing:
                    task.cancel()
                await asyncio.gather(*doing, return_exceptions=True)

    async def post(
        self, http: httpx.AsyncClient, path: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """One write, as the page's own script makes it; raises on a refusal."""
        headers = {"X-CSRFToken": http.cookies.get("csrftoken") or "", "Idempotency-Key": new_public_id()}
        answer = await http.post(path, json=body or {}, headers=headers)
        answer.raise_for_status()
        return dict(answer.json())

    def hear(self, frame: dict[str, Any]) -> None:
        """Keep what lies on the stage, to talk about and to buy."""
        match frame:
            case {"type": "hello", "snapshot": {"pins": pins, "products": products} as room}:
                self.on_stage, self.products = list(pins), dict(products)
                self.poll = room.get("poll")
            case {"type": "pin.placed"}:
                self.on_stage.append(frame)
            case {"type": "pin.removed", "id": gone}:
                self.on_stage = [pin for pin in self.on_stage if pin["id"] != gone]
            case {"type": "poll.opened"}:
                self.poll = frame | {"counts": None}
            case {"type": "poll.closed"}:
                self.poll = None
            case {"type": "lineup.changed", "products": products}:
                self.products = dict(products)
            case {"type": "batch", "frames": frames}:
                for each in frames:
                    self.hear(each)

    def topic(self) -> dict[str, Any] | None:
        """The card of the piece that was laid on the stage last."""
        return self.products.get(self.on_stage[-1]["product"]) if self.on_stage else None

    def line(self) -> str:
        """Something to say: about the piece on the stage, or just so."""
        topic = self.topic()
        if topic and self.random.random() < 0.6:  # noqa: PLR2004 - more often than not
            return self.random.choice(ABOUT[self.persona.language]).format(product=topic["name"])
        return self.random.choice(SMALL_TALK[self.persona.language])

    async def talk(self, socket: Any) -> None:
        while True:
            await self.wait(self.pace.talk)
            await socket.send(json.dumps({"type": "chat.send", "id": new_public_id(), "text": self.line()}))

    async def react(self, socket: Any) -> None:
        """A gesture now and then, two or three taps long."""
        while True:
            await self.wait(self.pace.react)
            kind = self.random.choice(KINDS)
            for _ in range(self.random.randint(1, 3)):
                await socket.send(json.dumps({"type": "react", "kind": kind}))

    async def answer(self, socket: Any) -> None:
        """Vote once in every poll, after a moment of thought; the room keeps these votes apart."""
        voted = ""
        while True:
            await self.wait(self.pace.vote)
            poll = self.poll
            if poll is None or poll["counts"] is not None or poll["id"] == voted:
                continue
            voted = poll["id"]
            option = self.random.randrange(len(poll["options"]))
            vote = {"type": "vote", "id": new_public_id(), "poll": voted, "option": option}
            await socket.send(json.dumps(vote))

    async def shop(self, http: httpx.AsyncClient, slug: str) -> None:
        while True:
            await self.wait(self.pace.buy)
            if topic := self.topic():
                with suppress(*UNDONE):  # sold out, price changed: a person would shrug, too
                    await self.buy(http, slug, topic["id"])

    async def buy(self, http: httpx.AsyncClient, slug: str, product: str) -> dict[str, Any] | None:
        """Buy one piece with the sandbox's card; `None` when too few are left."""
        seen = await self.post(http, f"/api/v1/rooms/{slug}/touches/", {"product": product})
        found = await http.get("/api/v1/checkout/offer/", params={"product": product, "event": slug})
        offer = found.raise_for_status().json()
        plenty = [v for v in offer["product"]["variants"] if v["free"] > LEAVES]
        if not plenty:
            return None
        variant, delivery = self.random.choice(plenty), offer["deliveries"][0]
        wish = {
            "pieces": [{"variant": variant["id"], "quantity": 1, "touch": seen["touch"]}],
            "contact": self.persona.contact(),
            "delivery": delivery["method"],
            "agreed": variant["amount"] + delivery["amount"],
            "method": "card",
            "scenario": "approve",
        }
        return await self.post(http, "/api/v1/checkout/", wish)

    async def wait(self, ends: tuple[float, float]) -> None:
        await asyncio.sleep(self.random.uniform(*ends))


async def live_room(http: httpx.AsyncClient) -> str | None:
    """The slug of a show that is on."""
    found = await http.get("/api/v1/events/", params={"state": "live"})
    shows = found.raise_for_status().json()["results"]
    return str(shows[0]["slug"]) if shows else None


async def gather(site: str, *, personas: tuple[Persona, ...] = PERSONAS, pace: Pace | None = None) -> None:
    """Send everybody in; runs until cancelled."""
    pace = pace or Pace()
    crowd = [
        Visitor(persona, site, Random(f"crowd {number}"), pace)  # noqa: S311 - manners, not secrets
        for number, persona in enumerate(personas)
    ]
    await asyncio.gather(*(visitor.attend() for visitor in crowd))


async def rehearse(site: str, slug: str, *, people: int, seconds: float, goes_on: GoesOn) -> None:
    """Send `people` into one show in rehearsal, one by one, until the time is over or `goes_on` says so."""
    crowd = [_sent(number, site, slug) for number in range(people)]
    visits = [
        asyncio.create_task(_after(number / ARRIVALS_A_SECOND, each)) for number, each in enumerate(crowd)
    ]
    try:
        async with asyncio.timeout(seconds):
            while await goes_on():  # noqa: ASYNC110 - another process says so, and sends no event
                await asyncio.sleep(LOOK_EVERY)
    except TimeoutError:
        logger.info("crowd: time is over")
    finally:
        for visit in visits:
            visit.cancel()
        await asyncio.gather(*visits, return_exceptions=True)


def _sent(number: int, site: str, slug: str) -> Visitor:
    """The personas in turn; from the second round on their names have a number."""
    persona, again = PERSONAS[number % len(PERSONAS)], number // len(PERSONAS)
    if again:
        persona = replace(persona, name=f"{persona.name} {again + 1}")
    return Visitor(persona, site, Random(f"rehearsal {number}"), SENT, slug=slug)  # noqa: S311 - manners, not secrets


async def _after(seconds: float, visitor: Visitor) -> None:
    await asyncio.sleep(seconds)
    await visitor.attend()
