"""A push is a row in the commit that caused it, sealed for one browser, sent once, never to a stranger."""

import base64
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.conf import LazySettings
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.domain import push
from accounts.domain.push import FIRST_WAIT, LEASE, MOST_BROWSERS, enqueue_push, send_due_push, subscribe
from accounts.domain.viewers import Viewer, user_key
from accounts.errors import BadSubscription
from accounts.models import PushMessage, PushSubscription
from accounts.models.mail import MAX_ATTEMPTS
from accounts.notify import push as transport
from tests.accounts.push_service import Browser, PushService, push_service
from tests.factories.accounts import make_user

NOW = datetime(2026, 11, 11, 20, 0, tzinfo=UTC)
GUEST = Viewer("guest:abc", None, "")
BROWSER = Browser()
API = "/api/v1/me/push/"
JSON = "application/json"
FCM = "https://fcm.googleapis.com/fcm/send/abc"


@pytest.fixture
def service(settings: LazySettings) -> Iterator[PushService]:
    settings.PUSH_SERVICES, settings.PUSH_TO_LOOPBACK = ["127.0.0.1"], True
    with push_service() as running:
        yield running


def listen(service: PushService, name: str = "one", viewer: Viewer = GUEST) -> PushSubscription:
    return subscribe(viewer, endpoint=service.endpoint(name), **BROWSER.keys, language="en", now=NOW)


def say(key: str = "hello", viewer_key: str = GUEST.key, lasts: timedelta = timedelta(hours=1)) -> int:
    return enqueue_push(
        viewer_key,
        title="丝绸 tonight",
        body="In an hour",
        url="/events/silk/",
        tag="silk",
        key=key,
        expires_at=NOW + lasts,
        now=NOW,
    )


@pytest.mark.django_db
def test_only_the_browser_can_read_what_the_push_service_carries(service: PushService) -> None:
    listen(service)
    assert (say(), send_due_push(now=NOW)) == (1, 1)
    (path, headers, body) = service.arrived[0]
    assert BROWSER.read(body) == {
        "title": "丝绸 tonight",
        "body": "In an hour",
        "url": "/events/silk/",
        "tag": "silk",
    }
    assert (path, headers["content-encoding"], headers["ttl"]) == ("/one", "aes128gcm", "3600")
    assert b"tonight" not in body
    assert PushMessage.objects.get().sent_at == NOW


@pytest.mark.django_db
def test_the_push_service_can_check_who_sends(service: PushService) -> None:
    listen(service)
    say()
    send_due_push(now=NOW)
    scheme, token, key = service.arrived[0][1]["authorization"].replace(",", " ").split()
    assert (scheme, key) == ("vapid", f"k={push.application_key()}")
    head, claims, signature = token.removeprefix("t=").split(".")
    said = json.loads(unpad(claims))
    assert said["aud"] == f"http://127.0.0.1:{service.port}"
    assert said["exp"] == int((NOW + transport.SIGNED_FOR).timestamp())
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpad(push.application_key()))
    raw = unpad(signature)
    pair = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(pair, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        public.verify(pair, f"{head}.{claims}x".encode(), ec.ECDSA(hashes.SHA256()))


def unpad(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.mark.django_db
def test_a_browser_gets_one_message_per_cause(service: PushService) -> None:
    listen(service)
    listen(service, "two")
    say("show:1")
    say("show:1")
    assert (send_due_push(now=NOW), send_due_push(now=NOW)) == (2, 0)
    assert sorted(path for path, _headers, _body in service.arrived) == ["/one", "/two"]


@pytest.mark.django_db
@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_never_written_to_again(service: PushService, status: int) -> None:
    listen(service)
    say("first")
    service.answer = status
    assert send_due_push(now=NOW) == 0
    assert (push.listens(GUEST.key), say("second")) == (False, 0)
    service.answer = 201
    assert send_due_push(now=NOW + LEASE * 2) == 0
    assert len(service.arrived) == 1


@pytest.mark.django_db
def test_a_browser_that_comes_back_is_written_to(service: PushService) -> None:
    row = listen(service)
    PushSubscription.objects.filter(pk=row.pk).update(gone_at=NOW)
    listen(service)
    assert push.listens(GUEST.key) is True


@pytest.mark.django_db
def test_a_service_that_is_busy_is_tried_again_later(service: PushService) -> None:
    listen(service)
    say()
    service.answer = 503
    assert send_due_push(now=NOW) == 0
    assert send_due_push(now=NOW + FIRST_WAIT / 2) == 0
    service.answer = 201
    assert send_due_push(now=NOW + FIRST_WAIT) == 1
    assert PushMessage.objects.get().attempts == 2


@pytest.mark.django_db
def test_what_came_too_late_is_not_sent(service: PushService) -> None:
    listen(service)
    say(lasts=timedelta(minutes=5))
    assert send_due_push(now=NOW + timedelta(minutes=5)) == 0
    assert service.arrived == []


@pytest.mark.django_db
def test_after_a_day_of_refusals_nobody_tries(service: PushService) -> None:
    listen(service)
    say()
    PushMessage.objects.update(attempts=MAX_ATTEMPTS)
    assert send_due_push(now=NOW) == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_processes_send_a_message_once(service: PushService) -> None:
    assert both_send(service) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_claim_both_would_send(service: PushService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push, "_claim", lambda message, now: True)
    assert both_send(service) == 2


def both_send(service: PushService) -> int:
    """Two senders that have both seen the row due; how many messages arrived."""
    listen(service)
    say()
    met = threading.Barrier(2)
    claim = push._claim

    def meet(message: PushMessage, *, now: datetime) -> bool:
        met.wait(timeout=5)
        return claim(message, now=now)

    def send() -> None:
        send_due_push(now=NOW)
        connection.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(push, "_claim", meet)
        threads = [threading.Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return len(service.arrived)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm/send/abc",
        "https://user:word@fcm.googleapis.com/fcm/send/abc",
        "https://127.0.0.1/abc",
        "https://169.254.169.254/latest/meta-data/",
        "https://fcm.googleapis.com.evil.example/abc",
        "https://evil.example/fcm.googleapis.com",
        "https://push.services.mozilla.com.evil.example/abc",
        "https://[::1]/abc",
        "https://fcm.googleapis.com:99999/abc",
        "ftp://fcm.googleapis.com/abc",
    ],
)
def test_no_address_but_a_push_services_is_kept(endpoint: str) -> None:
    with pytest.raises(BadSubscription):
        subscribe(GUEST, endpoint=endpoint, **BROWSER.keys, language="en", now=NOW)
    assert PushSubscription.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("keys", [{"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "%%%"}, {"auth": ""}])
def test_keys_that_are_none_are_refused(keys: dict[str, str]) -> None:
    with pytest.raises(BadSubscription):
        subscribe(GUEST, endpoint=FCM, **(BROWSER.keys | keys), language="en", now=NOW)


@pytest.mark.django_db
def test_a_name_that_leads_into_a_private_network_is_not_followed(
    service: PushService, settings: LazySettings
) -> None:
    listen(service)
    settings.PUSH_TO_LOOPBACK = False
    with pytest.raises(transport.BadEndpoint):
        transport._public_number("127.0.0.1", 443)
    say()
    assert (send_due_push(now=NOW), service.arrived, push.listens(GUEST.key)) == (0, [], False)


@pytest.mark.django_db
def test_of_many_browsers_the_oldest_is_let_go(service: PushService) -> None:
    for number in range(MOST_BROWSERS + 1):
        listen(service, f"n{number}")
    kept = PushSubscription.objects.values_list("endpoint", flat=True)
    assert (len(kept), service.endpoint("n0") in kept) == (MOST_BROWSERS, False)


@pytest.mark.django_db
def test_a_browser_is_its_last_viewers(service: PushService) -> None:
    other = Viewer("guest:other", None, "")
    listen(service)
    listen(service, viewer=other)
    assert (push.listens(GUEST.key), push.listens(other.key)) == (False, True)


def test_without_a_key_production_offers_no_push(settings: LazySettings) -> None:
    settings.PRODUCTION, settings.VAPID_PRIVATE_KEY = True, ""
    assert push.application_key() == ""


def test_the_command_prints_a_key_that_works(settings: LazySettings) -> None:
    out = StringIO()
    call_command("vapid_key", stdout=out)
    settings.PRODUCTION, settings.VAPID_PRIVATE_KEY = True, out.getvalue().strip()
    assert len(unpad(push.application_key())) == 65


def test_the_key_of_an_installation_is_made_once(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    first = push.application_key()
    transport._from_file.cache_clear()
    assert push.application_key() == first
    assert [path.name for path in tmp_path.iterdir()] == ["vapid.key"]
    assert (tmp_path / "vapid.key").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_a_guest_lets_this_browser_be_written_to_and_takes_it_back(
    client: Client, service: PushService
) -> None:
    assert client.get(API).json() == {"key": push.application_key(), "listens": False}
    body = {"endpoint": service.endpoint(), "expirationTime": None, "keys": BROWSER.keys}
    begun = client.post(API, body, content_type=JSON)
    assert (begun.status_code, begun.json()["listens"]) == (201, True)
    assert client.get(API).json()["listens"] is True
    ended = client.delete(API, {"endpoint": service.endpoint()}, content_type=JSON)
    assert ended.json()["listens"] is False


@pytest.mark.django_db
def test_nobody_ends_anothers(client: Client, service: PushService) -> None:
    listen(service)
    client.delete(API, {"endpoint": service.endpoint()}, content_type=JSON)
    assert push.listens(GUEST.key) is True


@pytest.mark.django_db
def test_the_api_says_what_is_wrong_with_an_address(client: Client) -> None:
    body = {"endpoint": "https://evil.example/x", "keys": BROWSER.keys}
    answer = client.post(API, body, content_type=JSON)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_subscription")


@pytest.mark.django_db
def test_a_guests_browser_comes_along_when_they_sign_in(client: Client, service: PushService) -> None:
    body = {"endpoint": service.endpoint(), "keys": BROWSER.keys}
    client.post(API, body, content_type=JSON)
    user = make_user()
    client.force_login(user)
    row = PushSubscription.objects.get()
    assert (row.viewer_key, row.user) == (user_key(user), user)


@pytest.mark.django_db
def test_the_service_worker_stands_at_the_root(client: Client) -> None:
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Content-Security-Policy"] == "default-src 'none'; connect-src 'self'"
    assert (answer["Cache-Control"], b"notificationclick" in answer.content) == ("no-cache", True)
