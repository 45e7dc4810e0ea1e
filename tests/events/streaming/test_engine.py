"""The engine port, its addresses, and who may speak to the media process."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.template import Context, Template
from django.test import RequestFactory, override_settings

from events.management.commands.media import trusts
from events.streaming import ffmpeg, keys
from events.streaming.encoder import Encoder
from events.streaming.registry import ENGINES, engine
from events.streaming.urls import media_base, playlist_url, socket_base

MEDIA = override_settings(MEDIA_PORT=8001, MEDIA_PUBLIC_URL="", ALLOWED_HOSTS=["*"])


@pytest.mark.parametrize("name", sorted(ENGINES))
def test_every_engine_keeps_the_port(name: str) -> None:
    carried = engine(name)
    key = keys.new_key()
    assert carried.create_ingest("abc") == carried.create_ingest("abc")
    assert carried.playback("abc").hls.endswith("/live/abc/index.m3u8")
    assert carried.authorize("abc", key, key_hash=keys.hash_key(key))
    assert not carried.authorize("abc", key + "x", key_hash=keys.hash_key(key))
    assert not carried.authorize("abc", "", key_hash="")
    carried.end("abc")
    carried.end("abc")


@override_settings(MEDIA_ENGINE="nonsense")
def test_an_engine_that_does_not_exist_is_said_loudly() -> None:
    with pytest.raises(ImproperlyConfigured, match="nonsense"):
        engine()


def test_keys_are_long_and_never_the_same() -> None:
    made = {keys.new_key() for _ in range(100)}
    assert (len(made), {len(key) >= 32 for key in made}) == (100, {True})


@MEDIA
@pytest.mark.parametrize(
    ("host", "base"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8001"),
        ("shop.example", "http://shop.example:8001"),
        ("[::1]:8000", "http://[::1]:8001"),
    ],
)
def test_the_media_origin_is_the_pages_host_at_the_media_port(host: str, base: str) -> None:
    request = RequestFactory().get("/", headers={"host": host})
    assert media_base(request) == base
    assert socket_base(request) == base.replace("http", "ws")
    assert playlist_url(request, "/live/a/index.m3u8") == f"{base}/live/a/index.m3u8"
    shown = Template("{% load media %}{% media_base %}").render(Context({"request": request}))
    assert shown == base


@override_settings(MEDIA_PUBLIC_URL="https://media.shop.example/")
def test_a_configured_media_origin_stands() -> None:
    request = RequestFactory().get("/", secure=True)
    assert media_base(request) == "https://media.shop.example"
    assert socket_base(request) == "wss://media.shop.example"
    assert playlist_url(request, "https://cdn.example/a.m3u8") == "https://cdn.example/a.m3u8"


@override_settings(
    ALLOWED_HOSTS=["shop.example"],
    SOCKET_ORIGINS=["https://app.example"],
    CSRF_TRUSTED_ORIGINS=["https://other.example"],
)
@pytest.mark.parametrize(
    ("origin", "trusted"),
    [
        ("http://shop.example", True),
        ("https://shop.example:8443", True),
        ("http://127.0.0.1:8000", True),
        ("https://app.example", True),
        ("https://other.example", True),
        ("http://app.example", False),
        ("http://shop.example.evil.test", False),
        ("http://evil.test", False),
        ("null", False),
        ("file://", False),
    ],
)
def test_pages_of_the_shop_are_trusted_and_no_others(origin: str, trusted: bool) -> None:
    assert trusts(origin, "127.0.0.1:8001") is trusted


@override_settings(FFMPEG_BIN="/opt/ffmpeg")
def test_another_ffmpeg_can_be_named() -> None:
    assert ffmpeg.binary() == "/opt/ffmpeg"


@override_settings(FFMPEG_BIN="/nowhere/ffmpeg")
async def test_without_an_ffmpeg_the_encoder_says_where_it_looked() -> None:
    with pytest.raises(FileNotFoundError, match="there is no ffmpeg at /nowhere/ffmpeg"):
        await Encoder([], deliver=print).start()


def test_bytes_from_outside_are_read_as_a_recording_and_nothing_else() -> None:
    arguments = ffmpeg.camera_arguments()
    assert arguments[arguments.index("-protocol_whitelist") + 1] == "pipe"
    assert arguments.index("-format_whitelist") < arguments.index("-i")
