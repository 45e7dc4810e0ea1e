"""What only one person gets: their hidden lines in place of a skip, notices, notes for people at work."""

from livechat.wire import announce, frames
from livechat.wire.announce import Logged
from livechat.wire.hub import Hub
from tests.livechat.hub_doubles import ROOM, seated, settle, until

NOTE = frames.dump(frames.unsequenced(frames.Error("forbidden", None)))
MINA = "guest:mina"


def types(screen):
    return [frame["type"] for frame in screen.frames() if frame["type"] != "hello"]


def lines(screen):
    return [line["id"] for line in screen.state()["chat"]]


# --- Lines only their author sees --------------------------------------------------------------------------
async def test_a_hidden_line_is_shown_to_its_author_alone(one_hub, record):
    mina, wei = await seated(one_hub, "mina"), await seated(one_hub, "wei")
    one_hub.accept(record.hide(1, MINA))
    await settle()
    assert (types(mina), types(wei)) == (["chat.posted"], ["skip"])
    assert mina.numbers() == wei.numbers() == [1]


async def test_a_hidden_line_keeps_its_place_in_a_batch(one_hub, record):
    mina, wei = await seated(one_hub, "mina"), await seated(one_hub, "wei")
    one_hub.accept(record.say(1))
    for logged in (record.say(2), record.hide(3, MINA), record.say(4)):
        one_hub.accept(logged)
    one_hub._feeds[ROOM].flush()
    await settle()
    assert [len(screen.texts) for screen in (mina, wei)] == [2, 2]
    assert (lines(mina), lines(wei)) == (["l1", "l2", "l3", "l4"], ["l1", "l2", "l4"])


async def test_recovery_shows_a_hidden_line_to_its_author_alone(one_hub, record):
    await seated(one_hub, "stays")
    for logged in (record.say(1), record.hide(2, MINA)):
        one_hub.accept(logged)
    back = [await seated(one_hub, name, epoch="e1", seq=0) for name in ("mina", "wei")]
    assert [types_of(screen) for screen in back] == [["chat.posted", "chat.posted"], ["chat.posted", "skip"]]
    assert record.sinces == 0


async def test_recovery_from_the_log_does_too(one_hub, record):
    record.say(1)
    record.hide(2, MINA)
    back = [await seated(one_hub, name, epoch="e1", seq=0) for name in ("mina", "wei")]
    assert [types_of(screen) for screen in back] == [["chat.posted", "chat.posted"], ["chat.posted", "skip"]]
    assert record.sinces == 1


def types_of(screen):
    return [frame["type"] for frame in screen.frames()[0]["frames"]]


async def test_a_snapshot_holds_an_authors_hidden_lines_where_their_time_puts_them(one_hub, record):
    record.say(1)
    record.hide(2, MINA)
    record.say(3)
    mina, wei = await seated(one_hub, "mina"), await seated(one_hub, "wei")
    assert (lines(mina), lines(wei)) == (["l1", "l2", "l3"], ["l1", "l3"])
    assert record.asked_hidden == 1


async def test_whoever_was_hidden_after_the_base_was_read_still_has_their_line(one_hub, record):
    await seated(one_hub, "stays")
    one_hub.accept(record.hide(1, MINA))
    mina, wei = await seated(one_hub, "mina"), await seated(one_hub, "wei")
    assert (lines(mina), lines(wei)) == (["l1"], [])
    assert (record.snapshots, record.asked_hidden) == (1, 1)


def test_a_hidden_line_crosses_the_layer_whole():
    logged = Logged(ROOM, "e1", 4, "skip", "skip", (MINA, "posted"))
    assert announce.to_logged({"room": ROOM, **announce._message(logged)}) == logged
    assert (logged.text_for(MINA), logged.text_for("guest:wei")) == ("posted", "skip")
    plain = Logged(ROOM, "e1", 4, "skip", "skip")
    assert announce.to_logged({"room": ROOM, **announce._message(plain)}) == plain


# --- Frames outside the log --------------------------------------------------------------------------------
async def test_a_notice_reaches_all_windows_of_one_person_and_nobody_else(one_hub):
    mine = [await seated(one_hub, "mina"), await seated(one_hub, "mina")]
    other = await seated(one_hub, "wei")
    announce.tell(ROOM, MINA, NOTE)
    await settle()
    assert [types(screen) for screen in (*mine, other)] == [["error"], ["error"], []]
    one_hub.detach(ROOM, mine[0].seat)
    announce.tell(ROOM, MINA, NOTE)
    await settle()
    assert [types(screen) for screen in (*mine, other)] == [["error"], ["error", "error"], []]


async def test_a_note_for_staff_reaches_people_at_work_alone(one_hub):
    viewer, worker = await seated(one_hub, "mina"), await seated(one_hub, "host")
    worker.seat.audience = False
    announce.tell(ROOM, announce.STAFF, NOTE)
    await settle()
    assert (types(viewer), types(worker)) == ([], ["error"])


async def test_a_burst_reaches_everybody_and_moves_no_number(one_hub, record):
    screens = [await seated(one_hub, name) for name in ("mina", "wei")]
    announce.burst(ROOM, NOTE)
    one_hub.accept(record.write())
    await settle()
    assert [sorted(types(screen)) for screen in screens] == [["error", "room.settings"]] * 2


async def test_notices_and_bursts_of_a_room_nobody_watches_go_nowhere(one_hub):
    await seated(one_hub)
    announce.tell(99, MINA, NOTE)
    announce.burst(99, NOTE)
    await settle()
    assert list(one_hub._feeds) == [ROOM]


async def test_notices_and_bursts_cross_processes_once_each(wire, record, monkeypatch):
    """The sender's own hub hears its message again over the layer and leaves it."""
    here, elsewhere = Hub(record), Hub(record)
    far = await seated(elsewhere, "mina")
    near = await seated(here, "mina")
    announce.listen(here)
    asked = announce.is_own
    monkeypatch.setattr(announce, "is_own", lambda message: False)
    monkeypatch.setattr(here, "_hear", lambda message: None if asked(message) else Hub._hear(here, message))
    announce.tell(ROOM, MINA, NOTE)
    announce.burst(ROOM, NOTE)
    await until(lambda: len(types(far)) == 2)
    await settle()
    assert types(near) == types(far) == ["error", "error"]
    for one in (here, elsewhere):
        for task in one._tasks:
            task.cancel()


async def test_twin_without_knowing_its_own_messages_a_hub_shows_them_twice(wire, record, monkeypatch):
    monkeypatch.setattr(announce, "is_own", lambda message: False)
    one = Hub(record)
    screen = await seated(one, "mina")
    announce.tell(ROOM, MINA, NOTE)
    await until(lambda: len(types(screen)) == 2)
    for task in one._tasks:
        task.cancel()
