"""Following a host over HTTP."""

import pytest
from django.test import Client
from django.urls import reverse

from events.models import HostFollow
from tests.factories.accounts import make_user
from tests.factories.events import make_host

pytestmark = pytest.mark.django_db


def call(method, slug, user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client.generic(method, reverse("api-host-follow", args=[slug]))


def test_following_twice_is_following_once():
    host, user = make_host(), make_user()
    answers = [call("POST", host.slug, user) for _ in range(2)]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(201, {"follows": True})] * 2
    row = HostFollow.objects.get()
    assert (row.host, row.user) == (host, user)
    assert str(row) == f"{user} · {host}"


def test_following_no_more_may_be_said_twice():
    host, user = make_host(), make_user()
    call("POST", host.slug, user)
    assert [call("DELETE", host.slug, user).json() for _ in range(2)] == [{"follows": False}] * 2
    assert HostFollow.objects.count() == 0


def test_guests_follow_nobody_and_unknown_hosts_have_no_followers():
    host = make_host()
    assert call("POST", host.slug).status_code == 403
    assert call("POST", "nobody", make_user()).status_code == 404
