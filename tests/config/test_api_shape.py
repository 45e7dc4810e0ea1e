"""Every refusal of the API has one shape, and nobody may ask without end."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.test import override_settings
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from accounts.errors import BadName
from catalog.errors import SoldOut
from config.api import error_response
from config.throttles import ReadThrottle, WriteThrottle
from events.errors import NotReady

INVALID = {"code": "invalid", "message": "Some of what was sent is not valid."}


class Fields(Exception):
    """Stands for a domain error that names inputs."""

    __module__ = "orders.errors"
    code = "incomplete"
    status = 400
    fields = {"city": ["Where does it go?"]}


@pytest.mark.parametrize(
    ("raised", "status", "error"),
    [
        (SoldOut("Only two are left."), 409, {"code": "sold_out", "message": "Only two are left."}),
        (NotReady(["Add a host."]), 409, {"code": "not_ready", "message": "Add a host."}),
        (BadName("name_taken", "Choose another."), 400, {"code": "name_taken", "message": "Choose another."}),
        (Fields("Fill it."), 400, {"code": "incomplete", "message": "Fill it.", "fields": Fields.fields}),
        (Http404(), 404, {"code": "not_found", "message": "There is nothing at this address."}),
        (PermissionDenied(), 403, {"code": "forbidden", "message": "Your account may not do this."}),
        (exceptions.PermissionDenied("No."), 403, {"code": "forbidden", "message": "No."}),
        (exceptions.NotAuthenticated("Who?"), 401, {"code": "not_authenticated", "message": "Who?"}),
        (exceptions.ParseError("What?"), 400, {"code": "bad_request", "message": "What?"}),
        (
            exceptions.ValidationError({"quantity": ["At least one."]}),
            400,
            INVALID | {"fields": {"quantity": ["At least one."]}},
        ),
        (
            ValidationError({"email": ["Not an address."]}),
            400,
            INVALID | {"fields": {"email": ["Not an address."]}},
        ),
        (
            ValidationError("Nonsense."),
            400,
            INVALID | {"fields": {"": ["Nonsense."]}},
        ),
    ],
)  # fmt: skip
def test_every_refusal_has_the_same_shape(raised: Exception, status: int, error: dict[str, object]) -> None:
    answer = error_response(raised, {})
    assert answer is not None
    assert (answer.status_code, answer.data) == (status, {"error": error})


def test_a_refusal_without_words_gets_some() -> None:
    answer = error_response(SoldOut(), {})
    assert answer is not None
    assert answer.data["error"]["message"] != ""


@pytest.mark.parametrize("raised", [RuntimeError("bug"), KeyError("code")])
def test_a_bug_is_not_dressed_up_as_a_refusal(raised: Exception) -> None:
    assert error_response(raised, {}) is None


def request(method: str = "get", address: str = "203.0.113.7") -> Request:
    bare = getattr(APIRequestFactory(), method)("/", REMOTE_ADDR=address)
    bare.session = {}
    return Request(bare)


class Ten(WriteThrottle):
    rate = "10/day"  # the window must not end in the middle of a test


def test_exactly_the_limit_passes_under_parallel_calls() -> None:
    with ThreadPoolExecutor(16) as pool:
        passed = list(pool.map(lambda _: Ten().allow_request(request("post"), None), range(200)))
    assert passed.count(True) == 10


def test_a_forgetful_cache_lets_people_through() -> None:
    throttle = Ten()
    throttle.duration = -2  # the count is forgotten as soon as it is written
    assert throttle.allow_request(request("post"), None)


def test_a_cache_that_is_away_lets_people_through() -> None:
    nobody = {"BACKEND": "config.caches.GuardedRedisCache", "LOCATION": "redis://127.0.0.1:1"}
    with override_settings(CACHES={"default": nobody}):
        assert Ten().allow_request(request("post"), None)


def test_the_limit_is_per_person() -> None:
    for _ in range(10):
        Ten().allow_request(request("post"), None)
    assert not Ten().allow_request(request("post"), None)
    assert Ten().allow_request(request("post", "203.0.113.8"), None)


def test_a_refused_caller_learns_how_long_to_wait() -> None:
    throttle = Ten()
    throttle.allow_request(request("post"), None)
    assert 0 < throttle.wait() <= 86_400


def test_reads_and_writes_are_counted_apart() -> None:
    assert [ReadThrottle().applies_to(request(m)) for m in ("get", "head", "post", "patch")] == [
        True,
        True,
        False,
        False,
    ]
    assert [Ten().applies_to(request(m)) for m in ("get", "post", "delete")] == [False, True, True]


def test_a_forwarded_address_is_not_believed_without_a_proxy() -> None:
    bare = APIRequestFactory().post(
        "/", REMOTE_ADDR="203.0.113.7", headers={"x-forwarded-for": "198.51.100.1"}
    )
    bare.session = {}
    assert Ten().who(Request(bare)) == "203.0.113.7"
