"""F29, F30: the channel layer loses, doubles and shuffles what it carries. Nobody sees anything of it."""

import asyncio

import pytest

from tests.faults.viewers import percentile, until, watching
from tests.faults.world import Host, assert_all_saw, caught_up, lag_of

pytestmark = [pytest.mark.race, pytest.mark.services, pytest.mark.faults]
VIEWERS = 15
PINS = 20
FAULTS = {
    "F29 one in a hundred lost": {"LAYER_DROP": "0.01"},
    "F29 one in ten lost": {"LAYER_DROP": "0.1"},
    "F29 everything lost": {"LAYER_DROP": "1"},
    "F30 doubled and shuffled": {"LAYER_DOUBLE": "0.3", "LAYER_REORDER": "0.3"},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_every_pin_reaches_every_screen_once_and_in_order(show, start, redis, report, fault):
    environment = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "REDIS_URL": redis.url()}
    here = start(**environment, **fault)
    there = start(**environment, **fault, LAYER_SEED="2")
    viewers = show.audience(VIEWERS, [there.port])
    host = Host(show, [here.port], every=0.1)

    async def play():
        async with watching(viewers):
            working = asyncio.create_task(host.work())
            await until(lambda: len(host.accepted) >= PINS, within=60)
            working.cancel()
            await caught_up(show, viewers, within=10)
            await assert_all_saw(show, viewers, list(host.accepted))

    asyncio.run(play())
    lags = lag_of(viewers, host.accepted)
    report(pins=len(host.accepted), p50=percentile(lags, 0.5), p99=percentile(lags, 0.99))
    assert len(lags) == len(host.accepted) * VIEWERS
    assert percentile(lags, 0.99) <= 5.5
    # What the layer did never got past the hub: no viewer had to ask, none was told twice.
    assert sum(one.holes + one.doubles for one in viewers) == 0
    assert [code for one in viewers for code in one.codes] == []
