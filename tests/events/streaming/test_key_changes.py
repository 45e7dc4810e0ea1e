"""A key that is void or not the newest ends the picture it let in (T09); old windows are forgotten."""

import time
from collections.abc import Collection

from events.management.commands import media as command
from events.streaming import keys
from events.streaming.channel import Channels
from tests.events.streaming.conftest import Media, alive, until
from tests.events.streaming.test_media_process import on_air, refusal

OURS = keys.hash_key("right-key")


class Shows:
    """Stands where the database is: the open shows and the hashes of their newest keys."""

    def __init__(self, **known: str) -> None:
        self.known = known

    async def open_of(self, stream_ids: Collection[str]) -> dict[str, str]:
        return {name: key_hash for name, key_hash in self.known.items() if name in stream_ids}


async def look(media: Media, shows: Shows) -> None:
    await command.close_ended(media.app, shows)  # type: ignore[arg-type]  # the part of the gate it asks


async def test_a_camera_whose_key_is_the_newest_goes_on(media: Media) -> None:
    """The twin: only another hash ends the picture."""
    await on_air(media)
    before = media.pid()
    await look(media, Shows(show=OURS))
    assert media.pid() == before is not None


async def test_a_host_who_left_is_cut_and_told_that_the_key_is_void(media: Media) -> None:
    connection = await on_air(media)
    pid = media.pid()
    await look(media, Shows(show=""))
    assert pid is not None
    assert (alive(pid), media.pid()) == (False, None)
    await media.gate.until([("started", "show"), ("lost", "show")])
    await connection.send(b"more")  # type: ignore[attr-defined]  # a websocket
    assert await refusal(connection) == ({"type": "error", "code": "bad_stream_key"}, 4401)


async def test_a_key_somebody_else_was_given_replaces_the_picture_before_they_publish(media: Media) -> None:
    connection = await on_air(media)
    await look(media, Shows(show=keys.hash_key("another")))
    assert media.pid() is None
    await connection.send(b"more")  # type: ignore[attr-defined]  # a websocket
    assert await refusal(connection) == ({"type": "error", "code": "replaced"}, 4409)


async def test_a_void_key_beside_a_running_camera_takes_nothing_back_by_itself(media: Media) -> None:
    await on_air(media)
    stale = await media.host(first={"key": "stale-key"})
    assert await refusal(stale) == ({"type": "error", "code": "replaced"}, 4409)
    await look(media, Shows(show=""))
    await until(lambda: media.pid() is None)
    again = await media.host(first={"key": "stale-key"})
    assert await refusal(again) == ({"type": "error", "code": "bad_stream_key"}, 4401)


async def test_the_drawn_picture_needs_no_key(media: Media) -> None:
    connection = await on_air(media)
    channel = media.app.channels.open("show")
    assert channel.publication is not None
    channel.publication.key_hash = ""
    await look(media, Shows(show=""))
    assert media.pid() is not None
    await connection.close()  # type: ignore[attr-defined]  # a websocket


def forgotten(media: Media, later: float) -> bool:
    command.forget_ended(media.app, at=time.monotonic() + later)
    return media.app.channels.get("show") is None


async def test_the_window_of_an_ended_show_is_forgotten_after_minutes(media: Media) -> None:
    await on_air(media)
    assert not forgotten(media, 10 * command.FORGET_SECONDS)
    await look(media, Shows())
    assert not forgotten(media, command.FORGET_SECONDS - 5)
    assert (await media.get("/live/show/index.m3u8")).text.endswith("#EXT-X-ENDLIST\n")
    assert forgotten(media, command.FORGET_SECONDS)
    assert (await media.get("/live/show/index.m3u8")).status_code == 404


def test_without_forgetting_every_show_would_stay() -> None:
    """The twin: a channel that ended stays where it is."""
    channels = Channels()
    channels.open("show").end()
    assert [channel.stream_id for channel in channels] == ["show"]
