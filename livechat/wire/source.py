"""What the hub asks of the record behind it, wherever that is kept."""

from typing import Any, Protocol

from livechat.wire.announce import Logged
from livechat.wire.seats import Pass

JSON = dict[str, Any]


class Source(Protocol):
    """The record behind the hub. Every call may raise whatever the database raises."""

    async def heads(self, rooms: list[int]) -> dict[int, tuple[str, int]]:
        """Where the logs stand: `{room: (epoch, head)}`, rooms that are no more left out."""
        ...

    async def since(self, room: int, epoch: str, seq: int) -> list[Logged] | None:
        """The frames after `seq`, or None when only a snapshot helps."""
        ...

    async def snapshot(self, room: int) -> JSON:
        """The room as everybody may see it."""
        ...

    async def hidden_people(self, room: int) -> set[str]:
        """The viewer keys of those who have lines only they see."""
        ...

    async def hidden(self, room: int, viewer_key: str) -> list[JSON]:
        """The chat lines only this person sees, as the snapshot tells lines, oldest first."""
        ...

    async def report(self, reports: dict[int, JSON]) -> dict[int, JSON]:
        """Write who is here, `{room: Audience.report}`; give back `audience.merged` of all processes."""
        ...

    async def scripted(self, rooms: list[int]) -> dict[int, set[str]]:
        """The viewer keys by room of those who are faster than hands are."""
        ...

    async def talk(self, rooms: list[int]) -> dict[int, tuple[int, int]]:
        """(product lines, fan lines) of the last full minute by room."""
        ...

    async def tallies(self, rooms: list[int]) -> dict[int, JSON]:
        """The open polls' votes so far by room, as `poll.tally` tells them; rooms without one left out."""
        ...

    async def react(self, counts: dict[int, dict[str, int]]) -> None:
        """Write down reactions, `{room: {kind: times}}`."""
        ...

    async def revoked(self, passes: set[Pass]) -> set[Pass]:
        """Which of these have lost their right to be here."""
        ...

    async def shut_out(self, rooms: dict[int, set[Pass]]) -> dict[int, set[Pass]]:
        """Of those seated behind the curtain, `{room: passes}`, whom the door would not let in again."""
        ...

    async def sweep(self) -> None:
        """Finish what a dead process left behind."""
        ...
