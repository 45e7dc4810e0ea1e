"""Reminders: chosen one by one, sent once, corrected when the show moves, ended by one click."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.domain.mail import send_due_mail
from accounts.domain.viewers import Viewer, user_key
from accounts.models import Mail, PushMessage, PushSubscription, User
from events.domain import announcing, letters, reminders, reminding
from events.domain.announcing import announce_due
from events.domain.following import follow
from events.domain.lifecycle import advance
from events.domain.reminders import choose, chosen, due_at
from events.domain.reminding import send_due_reminders
from events.domain.scheduling import edit_event
from events.enums import Channel, EventState, ReminderLead
from events.errors import ReminderNeedsAddress, ReminderTooLate
from events.models import Event, HostFollow, Reminder
from tests.factories.accounts import make_user
from tests.factories.events import NOW, make_event, make_event_host, make_host, make_ready_event

pytestmark = pytest.mark.django_db
EMAIL, PUSH = Channel.EMAIL, Channel.PUSH
DAY, HOUR, FIVE = ReminderLead.DAY, ReminderLead.HOUR, ReminderLead.NOW
START = datetime(2027, 2, 12, 19, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def site(settings: LazySettings) -> None:
    settings.SITE_URL = "https://shop.example"


def show(**over: object) -> Event:
    usual = {
        "state": "scheduled", "starts_at": START, "ends_at": START + timedelta(hours=1), "title": "Silk",
    }  # fmt: skip
    event = make_event(**(usual | over))
    make_event_host(event, host=make_host(name="Camille"))
    return event


def viewer(user: User | None = None) -> Viewer:
    user = user or make_user()
    return Viewer(user_key(user), user, "")


def guest(listening: bool = True) -> Viewer:
    if listening:
        PushSubscription.objects.create(
            viewer_key="guest:g", endpoint="https://fcm.googleapis.com/g", p256dh="", auth="", created_at=NOW
        )
    return Viewer("guest:g", None, "")


def pick(event: Event, who: Viewer, *choices: tuple[Channel, ReminderLead], at: datetime = NOW) -> None:
    choose(event, viewer=who, choices=choices, language="en", zone="Asia/Tokyo", now=at)


def move(event: Event, to: datetime, at: datetime) -> None:
    event.refresh_from_db()
    edit_event(event, version=event.version, now=at, starts_at=to, ends_at=to + timedelta(hours=1))


def subjects() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))


# --- Choosing ---------------------------------------------------------------------------------------------


def test_each_is_chosen_by_itself() -> None:
    event, who = show(), viewer()
    pick(event, who, (EMAIL, DAY), (EMAIL, FIVE))
    assert chosen(event, who.key) == {(EMAIL, DAY), (EMAIL, FIVE)}
    pick(event, who, (EMAIL, FIVE), (EMAIL, HOUR))
    assert chosen(event, who.key) == {(EMAIL, FIVE), (EMAIL, HOUR)}
    assert Reminder.objects.get(lead=FIVE).due_at == START - timedelta(minutes=5)


def test_choosing_twice_is_choosing_once() -> None:
    event, who = show(), viewer()
    for _time in range(2):
        pick(event, who, (EMAIL, DAY))
    assert Reminder.objects.count() == 1


@pytest.mark.parametrize("lead", list(ReminderLead))
def test_it_is_too_late_from_its_moment_on(lead: ReminderLead) -> None:
    event, who, due = show(), viewer(), due_at(START, lead)
    with pytest.raises(ReminderTooLate):
        pick(event, who, (EMAIL, lead), at=due)
    pick(event, who, (EMAIL, lead), at=due - timedelta(microseconds=1))
    pick(event, who, (EMAIL, lead), at=due)
    assert chosen(event, who.key) == {(EMAIL, lead)}


@pytest.mark.parametrize("state", ["draft", "live", "ended", "replay", "cancelled"])
def test_only_a_coming_show_reminds(state: str) -> None:
    with pytest.raises(ReminderTooLate):
        pick(show(state=state), viewer(), (EMAIL, DAY))


def test_a_guest_has_notifications_and_no_mail() -> None:
    event = show()
    with pytest.raises(ReminderNeedsAddress, match="Sign in"):
        pick(event, guest(), (EMAIL, DAY))
    pick(event, guest(listening=False), (PUSH, DAY))
    assert chosen(event, "guest:g") == {(PUSH, DAY)}


def test_a_notification_needs_a_browser_that_takes_it() -> None:
    with pytest.raises(ReminderNeedsAddress, match="Allow"):
        pick(show(), guest(listening=False), (PUSH, DAY))


def test_what_a_guest_chose_comes_along_when_they_sign_in() -> None:
    event, user = show(), make_user()
    pick(event, guest(), (PUSH, DAY), (PUSH, HOUR))
    PushSubscription.objects.update(viewer_key=user_key(user))
    pick(event, viewer(user), (PUSH, DAY))
    reminders.take_along(guest="guest:g", user=user)
    rows = Reminder.objects.order_by("-lead").values_list("viewer_key", "user", "lead")
    assert list(rows) == [(user_key(user), user.pk, DAY), (user_key(user), user.pk, HOUR)]


# --- Sending ----------------------------------------------------------------------------------------------


def test_a_mail_is_sent_once_in_the_readers_zone_and_language() -> None:
    user = make_user(language="zh-hans", time_zone="Asia/Shanghai", email="li@test.example")
    event, who = show(), viewer(user)
    pick(event, who, (EMAIL, DAY))
    due = due_at(START, DAY)
    assert send_due_reminders(now=due - timedelta(seconds=1)) == 0
    assert [send_due_reminders(now=due), send_due_reminders(now=due)] == [1, 0]
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("li@test.example", "24 小时后：Silk")
    assert "2027年2月13日" in mail.text
    assert "03:00（上海）" in mail.text


def test_without_a_zone_of_ones_own_the_one_the_browser_told_counts() -> None:
    event = show()
    pick(event, viewer(), (EMAIL, HOUR))
    send_due_reminders(now=due_at(START, HOUR))
    mail = Mail.objects.get()
    assert mail.subject == "In one hour: Silk"
    assert "Saturday 13 February 2027, 04:00 (Tokyo)" in mail.text
    assert "https://shop.example/events/" in mail.text


def test_a_mail_is_ended_by_one_click_of_a_mail_program(client: Client) -> None:
    event, who = show(), viewer()
    pick(event, who, (EMAIL, DAY), (EMAIL, HOUR))
    send_due_reminders(now=due_at(START, DAY))
    headers = Mail.objects.get().headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = headers["List-Unsubscribe"].strip("<>")
    path = url.removeprefix("https://shop.example")
    asked = Client(enforce_csrf_checks=True)
    assert asked.get(path).status_code == 200
    assert len(chosen(event, who.key)) == 2
    done = asked.post(path, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert (done.status_code, chosen(event, who.key)) == (200, set())
    assert client.post(path.replace(":", ":x")).status_code == 404


def test_the_headers_reach_the_mail_program(settings: LazySettings) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    pick(show(), viewer(), (EMAIL, DAY))
    due = due_at(START, DAY)
    send_due_reminders(now=due)
    send_due_mail(now=due)
    from django.core.mail import outbox

    message = outbox[0]
    assert isinstance(message, EmailMultiAlternatives)
    assert message.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_notification_is_written_to_the_browser_until_the_show_is_over() -> None:
    event = show()
    pick(event, guest(), (PUSH, FIVE))
    send_due_reminders(now=due_at(START, FIVE))
    message = PushMessage.objects.get()
    assert message.payload == {
        "title": "In 5 minutes: Silk",
        "body": "It begins Saturday 13 February 2027, 04:00 (Tokyo). "
        f"{event.brand.name} shows it with Camille.",
        "url": f"/events/{event.slug}/",
        "tag": f"show-{event.public_id}",
    }
    assert message.expires_at == event.ends_at
    assert Mail.objects.count() == 0


@pytest.mark.parametrize(
    ("lead", "late", "sent"),
    [
        (DAY, timedelta(hours=3), 1),
        (DAY, timedelta(hours=3, seconds=1), 0),
        (HOUR, timedelta(minutes=20), 1),
        (HOUR, timedelta(minutes=20, seconds=1), 0),
        (FIVE, timedelta(minutes=5) - timedelta(seconds=1), 1),
        (FIVE, timedelta(minutes=5), 0),
    ],
    ids=["day", "day-late", "hour", "hour-late", "five", "five-late"],
)
def test_after_an_outage_only_what_still_says_something_is_sent(
    lead: ReminderLead, late: timedelta, sent: int
) -> None:
    pick(show(), viewer(), (EMAIL, lead))
    assert send_due_reminders(now=due_at(START, lead) + late) == sent
    assert send_due_reminders(now=due_at(START, lead) + late) == 0
    assert Mail.objects.count() == sent


def test_a_late_one_says_how_long_it_really_is() -> None:
    pick(show(), viewer(), (EMAIL, DAY), (EMAIL, HOUR))
    send_due_reminders(now=due_at(START, DAY) + timedelta(hours=3))
    send_due_reminders(now=due_at(START, HOUR) + timedelta(minutes=20))
    assert subjects() == ["In 21 hours: Silk", "In 40 minutes: Silk"]


@pytest.mark.parametrize("state", ["draft", "ended", "replay"])
def test_a_show_that_is_not_to_come_reminds_nobody(state: str) -> None:
    event = show()
    pick(event, viewer(), (EMAIL, DAY))
    Event.objects.filter(pk=event.pk).update(state=state)
    assert send_due_reminders(now=due_at(START, DAY)) == 0


def test_a_closed_account_gets_nothing() -> None:
    user = make_user()
    pick(show(), viewer(user), (EMAIL, DAY))
    User.objects.filter(pk=user.pk).update(is_active=False)
    send_due_reminders(now=due_at(START, DAY))
    assert Mail.objects.count() == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_processes_send_one() -> None:
    assert both_send() == [1]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_claim_and_the_key_both_would_send(monkeypatch: pytest.MonkeyPatch) -> None:
    def unguarded(row: Reminder, now: datetime) -> bool:
        Mail.objects.create(to=row.user.email, subject=row.event.title, text="")  # type: ignore[union-attr]  # has one
        return True

    monkeypatch.setattr(reminding, "_remind_one", unguarded)
    assert both_send() == [2]


def both_send() -> list[int]:
    """Two sweeps that have both seen the reminder due; how many mails there are."""
    pick(show(), viewer(), (EMAIL, DAY))
    met = threading.Barrier(2)
    one = reminding._remind_one

    def meet(row: Reminder, now: datetime) -> bool:
        met.wait(timeout=5)
        return one(row, now)

    def sweep() -> None:
        send_due_reminders(now=due_at(START, DAY))
        connection.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reminding, "_remind_one", meet)
        threads = [threading.Thread(target=sweep) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return [Mail.objects.count()]


# --- Moving, cancelling -----------------------------------------------------------------------------------


def test_what_is_due_follows_the_show() -> None:
    event, who = show(), viewer()
    pick(event, who, (EMAIL, DAY), (EMAIL, HOUR))
    later = START + timedelta(days=2)
    move(event, later, NOW)
    assert {row.lead: row.due_at for row in Reminder.objects.all()} == {
        DAY: later - timedelta(days=1),
        HOUR: later - timedelta(hours=1),
    }
    assert send_due_reminders(now=due_at(START, HOUR)) == 0


def test_those_who_were_told_are_corrected_once() -> None:
    event = show()
    pick(event, viewer(), (EMAIL, DAY), (EMAIL, HOUR), (EMAIL, FIVE))
    send_due_reminders(now=due_at(START, DAY))
    send_due_reminders(now=due_at(START, HOUR))
    at = START - timedelta(minutes=30)
    move(event, START + timedelta(hours=2), at)
    send_due_reminders(now=at)
    send_due_reminders(now=at + timedelta(seconds=5))
    assert subjects() == ["In 24 hours: Silk", "In one hour: Silk", "Another time: Silk"]
    text = Mail.objects.get(subject__startswith="Another").text
    assert (
        "The show has moved from Saturday 13 February 2027, 04:00 (Tokyo) "
        "to Saturday 13 February 2027, 06:00 (Tokyo)." in text
    )


def test_after_a_move_the_reminder_comes_again_for_the_new_time() -> None:
    event = show()
    pick(event, viewer(), (EMAIL, HOUR))
    send_due_reminders(now=due_at(START, HOUR))
    later = START + timedelta(days=7)
    move(event, later, START - timedelta(minutes=50))
    send_due_reminders(now=START - timedelta(minutes=50))
    send_due_reminders(now=due_at(later, HOUR))
    assert subjects() == ["In one hour: Silk", "Another time: Silk", "In one hour: Silk"]


def test_moved_there_and_back_nobody_is_told_twice_of_the_same_time() -> None:
    event = show()
    pick(event, viewer(), (EMAIL, DAY))
    due = due_at(START, DAY)
    send_due_reminders(now=due)
    move(event, START + timedelta(days=3), due)
    move(event, START, due)
    send_due_reminders(now=due)
    assert subjects() == ["In 24 hours: Silk"]


def test_whom_a_move_leaves_no_time_is_told_at_once_and_once() -> None:
    event = show()
    pick(event, viewer(), (EMAIL, DAY), (EMAIL, HOUR))
    at = START - timedelta(days=5)
    move(event, at + timedelta(minutes=45), at)
    send_due_reminders(now=at)
    assert subjects() == ["In 45 minutes: Silk"]


def test_a_show_moved_while_it_was_a_draft_is_followed_when_it_is_announced_again() -> None:
    event = make_ready_event(state="scheduled", starts_at=START, ends_at=START + timedelta(hours=1))
    pick(event, viewer(), (EMAIL, DAY))
    advance(event, EventState.DRAFT, by=None, now=NOW)
    move(event, START + timedelta(days=1), NOW)
    advance(event, EventState.SCHEDULED, by=None, now=NOW)
    assert Reminder.objects.get().due_at == START


def test_of_a_cancelled_show_everybody_is_told_once_and_never_again() -> None:
    event = show()
    pick(event, viewer(), (EMAIL, DAY), (EMAIL, HOUR))
    pick(event, guest(), (PUSH, DAY))
    advance(event, EventState.CANCELLED, by=None, now=NOW, note="The host is ill.")
    for _time in range(2):
        send_due_reminders(now=NOW)
    mail = Mail.objects.get()
    assert (mail.subject, "The host is ill." in mail.text) == ("Cancelled: Silk", True)
    assert PushMessage.objects.get().payload["title"] == "Cancelled: Silk"
    assert Reminder.objects.filter(stopped_at=None).count() == 0


# --- Followers --------------------------------------------------------------------------------------------


@pytest.fixture
def announced() -> tuple[Event, HostFollow]:
    host = make_host(name="Camille")
    event = make_ready_event(title="Silk", starts_at=START, ends_at=START + timedelta(hours=1))
    event.event_hosts.all().delete()
    make_event_host(event, host=host)
    return event, follow(host, user=make_user(email="fan@test.example"), now=NOW)


def test_followers_are_told_once_when_a_show_is_announced(announced: tuple[Event, HostFollow]) -> None:
    event, row = announced
    assert announce_due(now=NOW) == 0
    advance(event, EventState.SCHEDULED, by=None, now=NOW)
    assert [announce_due(now=NOW), announce_due(now=NOW)] == [1, 0]
    advance(event, EventState.DRAFT, by=None, now=NOW)
    advance(event, EventState.SCHEDULED, by=None, now=NOW)
    announce_due(now=NOW)
    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == ("fan@test.example", "Camille: Silk")
    assert mail.headers == {
        "List-Unsubscribe": f"<{letters.unfollow_url(row)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def test_a_process_that_died_on_the_way_is_followed_up_without_a_second_message(
    announced: tuple[Event, HostFollow], monkeypatch: pytest.MonkeyPatch
) -> None:
    event, row = announced
    follow(row.host, user=make_user(), now=NOW)
    advance(event, EventState.SCHEDULED, by=None, now=NOW)
    told: list[int] = []
    whole = announcing._tell_one

    def dies(event: Event, follow: HostFollow, now: datetime) -> None:
        if told:
            raise ConnectionError
        told.append(1)
        whole(event, follow, now)

    with monkeypatch.context() as patch:
        patch.setattr(announcing, "_tell_one", dies)
        patch.setattr(announcing, "AT_ONCE", 1)
        with pytest.raises(ConnectionError):
            announce_due(now=NOW)
    assert Mail.objects.count() == 1
    announce_due(now=NOW)
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(
    ("by", "mails", "pushes"),
    [
        ({}, 0, 1),
        ({"by_push": False}, 1, 0),
        ({"by_email": False}, 0, 1),
        ({"by_email": False, "by_push": False}, 0, 0),
    ],
    ids=["both", "mail", "push", "none"],
)
def test_a_follower_chooses_the_way(
    announced: tuple[Event, HostFollow], by: dict[str, bool], mails: int, pushes: int
) -> None:
    event, row = announced
    HostFollow.objects.filter(pk=row.pk).update(**by)
    PushSubscription.objects.create(
        viewer_key=user_key(row.user), endpoint="https://fcm.googleapis.com/f", p256dh="", auth="",
        created_at=NOW,
    )  # fmt: skip
    advance(event, EventState.SCHEDULED, by=None, now=NOW)
    announce_due(now=NOW)
    assert (Mail.objects.count(), PushMessage.objects.count()) == (mails, pushes)


def test_the_link_in_the_message_ends_the_follow(announced: tuple[Event, HostFollow], client: Client) -> None:
    _event, row = announced
    path = letters.unfollow_url(row).removeprefix("https://shop.example")
    assert client.get(path).status_code == 200
    assert HostFollow.objects.count() == 1
    assert client.post(path).status_code == 200
    assert HostFollow.objects.count() == 0
    assert client.get(path).status_code == 404


def test_of_a_show_that_has_begun_nobody_is_told(announced: tuple[Event, HostFollow]) -> None:
    event, _row = announced
    advance(event, EventState.SCHEDULED, by=None, now=NOW)
    assert announce_due(now=START) == 1
    event.refresh_from_db()
    assert (Mail.objects.count(), event.announced_at) == (0, START)


# --- The pages --------------------------------------------------------------------------------------------


def test_the_list_of_ones_reminders_stops_one_or_all(client: Client) -> None:
    user = make_user()
    event = make_ready_event(state="scheduled", now=timezone.now() + timedelta(days=3))
    pick(event, viewer(user), (EMAIL, DAY), (EMAIL, HOUR), at=timezone.now())
    client.force_login(user)
    page = client.get("/account/reminders/")
    assert [(shown, len(rows)) for shown, rows in page.context["shows"]] == [(event, 2)]
    one = Reminder.objects.get(lead=DAY)
    client.post("/account/reminders/", {"reminder": one.public_id})
    assert chosen(event, user_key(user)) == {(EMAIL, HOUR)}
    client.post("/account/reminders/", {"show": event.slug})
    assert chosen(event, user_key(user)) == set()


def test_nobody_stops_anothers(client: Client) -> None:
    event = show()
    owner = viewer()
    pick(event, owner, (EMAIL, DAY))
    client.force_login(make_user())
    row = Reminder.objects.get()
    assert client.post("/account/reminders/", {"reminder": row.public_id}).status_code == 404
    assert chosen(event, owner.key) == {(EMAIL, DAY)}
