"""Whose page may open a socket: the exact origin, once, over the scheme people really use."""

import pytest

from livechat.consumers import door


def handshake(*origins, host="shop.example", scheme="ws", proto=()):
    """What the server hands over of a handshake; `proto` is each X-Forwarded-Proto that came."""
    headers = [(b"host", host.encode()), *((b"origin", one.encode()) for one in origins)]
    headers += [(b"x-forwarded-proto", one.encode()) for one in proto]
    return {"scheme": scheme, "headers": headers}


@pytest.mark.parametrize("second", ["https://shop.example", "https://evil.example"])
def test_an_origin_named_twice_is_nobodys(settings, second):
    settings.ALLOWED_HOSTS = ["shop.example"]
    settings.SOCKET_ORIGINS = ["https://shop.example"]
    assert door.is_own_origin(handshake("https://shop.example", scheme="wss"))
    assert not door.is_own_origin(handshake("https://shop.example", second, scheme="wss"))
    assert not door.is_own_origin(handshake(second, "https://shop.example", scheme="wss"))


BEHIND_TLS = [
    ("https://shop.example", "shop.example", True),
    ("https://shop.example:443", "shop.example", True),
    ("https://shop.example", "shop.example:443", True),
    ("https://shop.example:8443", "shop.example", False),
    ("http://shop.example", "shop.example", False),
    ("http://shop.example:443", "shop.example", False),
    ("http://shop.example", "shop.example:443", False),
]


@pytest.mark.parametrize(("origin", "host", "ours"), BEHIND_TLS)
def test_behind_a_proxy_that_speaks_tls_only_its_https_pages_are_ours(settings, origin, host, ours):
    settings.ALLOWED_HOSTS = ["shop.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert door.is_own_origin(handshake(origin, host=host, proto=["https"])) is ours


@pytest.mark.parametrize(("origin", "host", "ours"), BEHIND_TLS)
def test_a_server_told_of_tls_by_the_scheme_decides_the_same(settings, origin, host, ours):
    settings.ALLOWED_HOSTS = ["shop.example"]
    settings.SECURE_PROXY_SSL_HEADER = None
    assert door.is_own_origin(handshake(origin, host=host, scheme="wss")) is ours


@pytest.mark.parametrize("proto", [(), ("http",), ("https", "http"), ("https", "https")])
def test_a_proxy_that_did_not_clearly_say_https_makes_no_page_secure(settings, proto):
    settings.ALLOWED_HOSTS = ["shop.example"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert not door.is_own_origin(handshake("https://shop.example", scheme="wss", proto=proto))


def test_a_forwarded_scheme_nobody_trusts_changes_nothing(settings):
    settings.ALLOWED_HOSTS = ["shop.example"]
    settings.SECURE_PROXY_SSL_HEADER = None
    assert not door.is_own_origin(handshake("https://shop.example", proto=["https"]))
    assert door.is_own_origin(handshake("http://shop.example", proto=["https"]))
