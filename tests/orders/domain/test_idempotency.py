"""One key, one result."""

from datetime import timedelta

import pytest

from orders.domain.idempotency import Answer, check_key, forget_old_keys, once
from orders.errors import KeyInFlight, KeyMissing, KeyReused
from orders.models import IdempotencyKey

pytestmark = pytest.mark.django_db


def ask(work, *, now, key="k", body="b", scope="s"):
    return once(scope, key, body=body, work=work, now=now)


def answers(*told):
    """Work that answers anew each time it is really done."""
    left = iter(told)
    return lambda: Answer(200, {"n": next(left)})


def test_the_second_time_the_answer_is_remembered(now):
    work = answers(1, 2)
    assert ask(work, now=now) == Answer(200, {"n": 1})
    assert ask(work, now=now) == Answer(200, {"n": 1}, replayed=True)


def test_scopes_and_keys_do_not_mix(now):
    work = answers(1, 2, 3)
    told = [ask(work, now=now), ask(work, now=now, key="other"), ask(work, now=now, scope="other")]
    assert [answer.body["n"] for answer in told] == [1, 2, 3]


def test_another_body_under_the_same_key_is_refused_and_the_first_answer_stands(now):
    work = answers(1, 2)
    ask(work, now=now)
    with pytest.raises(KeyReused):
        ask(work, now=now, body="other")
    assert ask(work, now=now).body == {"n": 1}


def test_the_order_of_names_in_a_body_does_not_matter(now):
    work = answers(1, 2)
    ask(work, now=now, body={"a": 1, "b": 2})
    assert ask(work, now=now, body={"b": 2, "a": 1}).replayed


def test_a_twin_in_flight_is_told_to_come_back(now):
    def twin():
        with pytest.raises(KeyInFlight) as told:
            ask(answers(2), now=now)
        assert told.value.retry_after == 1
        return Answer(200, {"n": 1})

    assert ask(twin, now=now).body == {"n": 1}


def test_work_that_raises_leaves_the_key_free(now):
    def fails():
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - raised two lines above
        ask(fails, now=now)
    assert ask(answers(1), now=now).body == {"n": 1}


@pytest.mark.parametrize("key", ["a", "~" * 255, "uuid-4 with space"])
def test_printable_ascii_up_to_255_is_a_key(key):
    assert check_key(key) == key


@pytest.mark.parametrize("key", [None, "", "a" * 256, "é", "a\n", "\x00", "\x7f"])
def test_anything_else_is_not(key):
    with pytest.raises(KeyMissing):
        check_key(key)


def test_keys_are_kept_seven_days(now):
    ask(answers(1), now=now)
    assert forget_old_keys(now=now + timedelta(days=7)) == 0
    assert forget_old_keys(now=now + timedelta(days=7, seconds=1)) == 1
    assert IdempotencyKey.objects.count() == 0
