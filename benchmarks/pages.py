"""How long the server takes for every page of a shop with 5,000 shows: python -m benchmarks.pages

In this process, on a scratch SQLite (or DATABASE_URL), templates compiled, each page asked for seven times;
the median counts. Browser and network are not in it.
"""
# ruff: noqa: PLC0415 - Django is set up in `main`, and the models can be imported only afterwards

import argparse
import cProfile
import os
import pstats
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

GOAL_MS = 200
TURNS = 7


def measured(client, path):
    """(status, milliseconds, queries, bytes) of a page; the median of several turns."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    took = []
    for _ in range(TURNS):
        begun = time.perf_counter()
        answer = client.get(path)
        took.append((time.perf_counter() - begun) * 1000)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return answer.status_code, statistics.median(took), len(asked), len(answer.content)


@contextmanager
def shop(events: int, hosts: int) -> Iterator[tuple[object, dict]]:
    """The crowded shop in a database of its own, with a guest's and a producer's browser."""
    from django.test import Client
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases
    from django.utils import timezone

    from tests.factories.accounts import make_user
    from tests.factories.catalog import make_member
    from tests.factories.crowded import make_crowded

    setup_test_environment()
    before = setup_databases(verbosity=0, interactive=False)
    try:
        made = make_crowded(events=events, hosts=hosts, now=timezone.now())
        user, staff = make_user(), Client()
        make_member(user, made.brand)
        staff.force_login(user)
        yield made, {False: Client(), True: staff}
    finally:
        teardown_databases(before, verbosity=0)


def profile(client, path):
    """Print where the time of one page goes."""
    client.get(path)
    profiled = cProfile.Profile()
    profiled.runcall(client.get, path)
    pstats.Stats(profiled).sort_stats("cumulative").print_stats(45)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--events", type=int, default=5_000)
    parser.add_argument("--hosts", type=int, default=500)
    parser.add_argument("--profile", help="the name of one page")
    given = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")
    import django

    django.setup()
    from tests.factories.crowded import PAGES

    slow = 0
    with shop(given.events, given.hosts) as (made, clients):
        chosen = {given.profile: PAGES[given.profile]} if given.profile else PAGES
        for name, (pattern, of_staff) in chosen.items():
            path = pattern.format(**made.words)
            if given.profile:
                profile(clients[of_staff], path)
            status, ms, queries, size = measured(clients[of_staff], path)
            slow += ms > GOAL_MS
            mark = "  over" if ms > GOAL_MS else ""
            print(
                f"{name:<20} {status} {ms:8.1f} ms {queries:4} queries {size / 1000:8.1f} kB{mark}",
                flush=True,
            )
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
