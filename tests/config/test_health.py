"""`/healthz` tells the truth about each part, and no more."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from channels.layers import get_channel_layer
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from accounts.domain import heartbeat
from config import health
from tests.factories.events import make_event

pytestmark = pytest.mark.django_db(transaction=True)


class Engine(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def media(settings: LazySettings) -> Iterator[None]:
    """A media process that answers."""
    server = HTTPServer(("127.0.0.1", 0), Engine)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    settings.MEDIA_INTERNAL_URL = f"http://127.0.0.1:{server.server_port}"
    yield
    server.shutdown()
    server.server_close()


@pytest.fixture
def no_media(settings: LazySettings) -> None:
    settings.MEDIA_INTERNAL_URL = "http://127.0.0.1:9"


@pytest.fixture
def worker() -> None:
    heartbeat.beat(now=timezone.now())


def test_all_is_well(client: Client, media: None, worker: None) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True,
        "database": {"ok": True, "needed": True},
        "layer": {"ok": True, "needed": True},
        "worker": {"ok": True, "needed": True},
        "media": {"ok": True, "needed": False},
    }
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.expects_errors
def test_a_worker_that_never_came_is_missed(client: Client, media: None) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["worker"]) == (503, {"ok": False, "needed": True})


@pytest.mark.expects_errors
def test_a_worker_that_stopped_is_missed(client: Client, media: None) -> None:
    heartbeat.beat(now=timezone.now() - heartbeat.STALE_AFTER - timedelta(seconds=1))
    assert client.get("/healthz").status_code == 503


def test_the_picture_is_not_needed_while_nobody_is_on_air(
    client: Client, no_media: None, worker: None
) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["media"]) == (200, {"ok": False, "needed": False})


@pytest.mark.expects_errors
def test_the_picture_is_needed_while_an_event_is_live(client: Client, no_media: None, worker: None) -> None:
    make_event(state="live")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["media"]) == (503, {"ok": False, "needed": True})


def test_a_balancer_may_ask_for_less(client: Client, no_media: None) -> None:
    answer = client.get("/healthz", {"need": "database,layer"})
    assert (answer.status_code, answer.json()["worker"]) == (200, {"ok": False, "needed": False})


async def test_asking_leaves_no_channel_behind() -> None:
    assert [await health.CHECKS["layer"]() for _ in range(3)] == [True] * 3
    assert list(get_channel_layer().channels) == []


def test_an_unknown_part_is_refused(client: Client) -> None:
    answer = client.get("/healthz", {"need": "moon"})
    assert (answer.status_code, answer.json()["ok"]) == (400, False)


@pytest.mark.expects_errors
def test_the_answer_holds_no_secret(client: Client, settings: LazySettings, no_media: None) -> None:
    text = json.dumps(client.get("/healthz").json())
    assert settings.SECRET_KEY not in text
    assert "127.0.0.1" not in text


def test_the_sign_of_life_is_kept_as_given() -> None:
    then = datetime(2026, 11, 21, 12, tzinfo=UTC)
    heartbeat.beat(now=then)
    assert heartbeat.last_beat() == then
