"""Who counts: each person once, and suspected bots apart. Every rule has the person it must not hit."""

import pytest

from livechat.wire import audience as rules
from livechat.wire.audience import Audience, coarse, merged, place_of, shown, tag_of
from livechat.wire.seats import Pass, Seat
from tests.livechat.hub_doubles import Screen

ROOM = 1
START = 1_000_000.0
PLAYING = {"playing": 3}


def seat(name="mina", *, user=None, since=START, place="", **over):
    found: Seat = Screen(name).seat
    found.right = Pass(name, user, "")
    found.since, found.place = since, place
    for field, value in over.items():
        setattr(found, field, value)
    return found


def guests(count, **over):
    return [seat(f"g{number}", since=START + number, **over) for number in range(count)]


@pytest.fixture
async def room():
    return Audience(ROOM)


def counted(room, seats, *, now=START + 1):
    found = merged([room.report(seats, now=now)])
    return found["viewers"], found["suspected"]


# --- Once each ---------------------------------------------------------------------------------------------
async def test_three_tabs_are_one_person(room):
    assert counted(room, [seat(), seat(), seat()]) == (1, {})


async def test_people_at_work_and_the_crowd_are_no_viewers(room):
    seats = [seat(), seat("host", audience=False, counted=False), seat("agent", counted=False)]
    report = room.report([*seats, seat("c1", crowd=True), seat("c1", crowd=True)], now=START)
    found = merged([report])
    assert (found["viewers"], found["rehearsal"], found["suspected"]) == (1, 1, {})


async def test_a_person_with_two_devices_on_two_processes_is_one_person():
    phone, laptop = Audience(ROOM), Audience(ROOM)
    reports = [
        phone.report([seat("mina", user=7), seat("wei")], now=START),
        laptop.report([seat("mina", user=7)], now=START),
    ]
    assert merged(reports)["viewers"] == 2


async def test_twin_without_names_the_same_person_would_be_counted_twice(monkeypatch):
    monkeypatch.setattr(rules, "NAMED_AT_MOST", 0)
    reports = [Audience(ROOM).report([seat("mina")], now=START) for _ in range(2)]
    assert "people" not in reports[0]
    assert merged(reports)["viewers"] == 2


async def test_a_large_process_gives_sums_and_a_small_one_names(room, monkeypatch):
    monkeypatch.setattr(rules, "NAMED_AT_MOST", 3)
    large, small = room.report(guests(4), now=START), Audience(ROOM).report([seat("wei")], now=START)
    assert ("people" in large, "people" in small) == (False, True)
    assert merged([large, small])["viewers"] == 5


def test_names_in_reports_are_keyed_hashes_of_this_room_only():
    assert tag_of(1, "guest:mina") == tag_of(1, "guest:mina")
    assert len({tag_of(1, "guest:mina"), tag_of(2, "guest:mina"), tag_of(1, "guest:wei")}) == 3
    assert "mina" not in tag_of(1, "guest:mina")
    assert "203.0.113.9" not in place_of("203.0.113.9")


def test_a_crowd_is_shown_rounded_and_never_larger_than_it_is():
    assert [coarse(n) for n in (0, 999, 1_000, 1_299, 9_999, 10_999, 254_321)] == [
        0,
        999,
        1_000,
        1_200,
        9_900,
        10_000,
        254_000,
    ]
    assert shown({"viewers": 1_234, "rehearsal": 6}) == {"viewers": 1_200, "rehearsal": 6}


def test_a_room_nobody_reported_is_empty():
    assert merged([]) == {
        "viewers": 0,
        "rehearsal": 0,
        "suspected": {},
        "lag": None,
        "slowest": None,
        "playing": 0,
    }


# --- The picture -------------------------------------------------------------------------------------------
async def test_lags_are_one_per_person_and_the_better_of_two_windows_counts(room):
    seats = [seat(), seat(), seat("wei")]
    for one, behind in zip(seats, (9_000, 2_000, 6_000), strict=True):
        room.picture(one, behind, now=START)
    found = merged([room.report(seats, now=START + 5)])
    assert (found["lag"], found["slowest"], found["playing"]) == (2_000, 6_000, 2)


async def test_a_lag_nobody_repeats_is_forgotten_after_half_a_minute(room):
    mina = seat()
    room.picture(mina, 4_000, now=START)
    assert merged([room.report([mina], now=START + 30)])["lag"] == 4_000
    assert merged([room.report([mina], now=START + 31)])["lag"] is None


async def test_nonsense_the_crowd_and_people_at_work_say_nothing_of_the_picture(room):
    seats = [seat(), seat("wei"), seat("c", crowd=True), seat("host", audience=False, counted=False)]
    for one, behind in zip(seats, (-1, 120_001, 3_000, 3_000), strict=True):
        room.picture(one, behind, now=START)
    assert merged([room.report(seats, now=START)])["playing"] == 0


async def test_the_memory_of_pictures_is_bounded(room, monkeypatch):
    monkeypatch.setattr(rules, "PLAYERS_REMEMBERED", 2)
    for one in guests(3):
        room.picture(one, 1_000, now=START)
    assert list(room._players) == ["guest:g1", "guest:g2"]


# --- Suspicions, each with the person it must not hit ------------------------------------------------------
def watching_room(room, *, since=START):
    room.learn(PLAYING, now=since)


async def test_who_never_had_a_picture_in_a_minute_while_others_do_is_apart(room):
    watching_room(room)
    assert counted(room, [seat()], now=START + 60) == (0, {"no_picture": 1})


async def test_a_person_on_a_train_without_a_picture_for_half_a_minute_counts(room):
    watching_room(room)
    assert counted(room, [seat()], now=START + 30) == (1, {})


async def test_who_had_a_picture_once_counts_also_after_a_tunnel_and_a_new_connection(room):
    watching_room(room)
    room.picture(seat(), 3_000, now=START + 5)
    again = seat(since=START + 10)
    assert counted(room, [again], now=START + 600) == (1, {})


async def test_a_window_with_a_picture_speaks_for_the_window_without(room):
    watching_room(room)
    plays, waits = seat(), seat()
    room.picture(plays, 3_000, now=START + 5)
    assert counted(room, [plays, waits], now=START + 120) == (1, {})


async def test_without_a_picture_for_anybody_nobody_is_suspected(room):
    room.learn({"playing": 2}, now=START)
    assert counted(room, [seat()], now=START + 600) == (1, {})


async def test_a_picture_that_has_only_begun_leaves_a_minute_to_find_it(room):
    watching_room(room, since=START + 900)
    assert counted(room, [seat()], now=START + 930) == (1, {})
    assert counted(room, [seat()], now=START + 960) == (0, {"no_picture": 1})


async def test_a_picture_that_dropped_for_all_begins_the_minute_anew(room):
    watching_room(room)
    room.learn({"playing": 0}, now=START + 100)
    watching_room(room, since=START + 200)
    assert counted(room, [seat()], now=START + 230) == (1, {})


async def test_guests_beyond_the_twelfth_behind_one_address_are_apart(room):
    assert counted(room, guests(15, place="p1")) == (12, {"crowded_address": 3})


async def test_a_family_of_five_behind_one_address_counts_whole(room):
    assert counted(room, guests(5, place="p1")) == (5, {})


async def test_accounts_and_unknown_addresses_are_never_counted_by_address(room):
    members = [seat(f"m{number}", user=number, place="p1") for number in range(1, 31)]
    assert counted(room, members) == (30, {})
    assert counted(room, guests(30)) == (30, {})


async def test_an_address_is_crowded_over_all_processes_together():
    here = Audience(ROOM).report(guests(8, place="p1"), now=START)
    there = Audience(ROOM).report([seat(f"h{n}", since=START + n, place="p1") for n in range(8)], now=START)
    found = merged([here, there])
    assert (found["viewers"], found["suspected"]) == (12, {"crowded_address": 4})


async def test_who_is_suspected_already_takes_nobodys_place_at_an_address(room):
    room.suspect_scripted({f"guest:g{number}" for number in range(3)})
    assert counted(room, guests(15, place="p1")) == (12, {"scripted": 3})


async def test_lines_from_something_that_never_was_our_page_are_apart(room):
    assert counted(room, [seat(spoke=True)]) == (0, {"no_page": 1})


async def test_people_who_write_from_the_page_and_people_who_only_watch_count(room):
    assert counted(room, [seat(spoke=True, asked=True), seat("wei")]) == (2, {})


async def test_hands_that_are_faster_than_hands_are_apart(room):
    room.suspect_scripted({"guest:mina"})
    assert counted(room, [seat(), seat("wei")]) == (1, {"scripted": 1})


async def test_one_reason_is_told_and_suspected_lags_are_left_out(room):
    watching_room(room)
    room.suspect_scripted({"guest:mina"})
    mina, wei = seat(spoke=True), seat("wei")
    room.picture(mina, 60_000, now=START)
    room.picture(wei, 2_000, now=START)
    found = merged([room.report([mina, wei], now=START + 1)])
    assert (found["suspected"], found["lag"], found["slowest"]) == ({"scripted": 1}, 2_000, 2_000)


async def test_whoever_is_above_suspicion_in_one_process_is_so_in_all():
    with_picture, without = Audience(ROOM), Audience(ROOM)
    mina = seat()
    for one in (with_picture, without):
        watching_room(one)
    with_picture.picture(mina, 3_000, now=START)
    reports = [one.report([mina], now=START + 60) for one in (without, with_picture)]
    assert [merged([report])["suspected"] for report in reports] == [{"no_picture": 1}, {}]
    for order in (reports, reports[::-1]):
        assert (merged(order)["viewers"], merged(order)["suspected"]) == (1, {})


async def test_sums_of_suspicions_add_up_between_large_processes(monkeypatch):
    monkeypatch.setattr(rules, "NAMED_AT_MOST", 0)
    reports = [Audience(ROOM).report(guests(14, place="p1"), now=START) for _ in range(2)]
    assert merged(reports)["suspected"] == {"crowded_address": 4}
