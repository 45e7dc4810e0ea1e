"""What a viewer keeps of a coming show: reminders and a place in their calendar; and how they end it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.preferences import ZONE_COOKIE, zone_or_blank
from accounts.domain.viewers import user_key, viewer_of
from accounts.views.profile import safe_next
from events.domain import following, letters, reminders, saving
from events.domain.reminders import Choice
from events.errors import EventError
from events.models import Event, HostFollow, Reminder
from events.rules import can_see
from events.views.access import person


def _choice(value: str) -> Choice:
    """What one box of the form means; Http404 for one we never drew."""
    for channel, lead in reminders.every_choice():
        if value == f"{channel.value}-{lead.value}":
            return channel, lead
    raise Http404


def _seen_event(request: HttpRequest, slug: str) -> Event:
    event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
    if not can_see(request.user, event):
        raise Http404
    return event


@require_POST
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """The boxes of one show: those that are ticked are all the reminders there are."""
    event = _seen_event(request, slug)
    choices = {_choice(value) for value in request.POST.getlist("remind")}
    viewer = viewer_of(request)
    told = zone_or_blank(request.COOKIES.get(ZONE_COOKIE))
    now = timezone.now()
    try:
        reminders.choose(
            event, viewer=viewer, choices=choices, language=get_language() or "", zone=told, now=now
        )
    except EventError as error:
        messages.error(request, str(error))
    else:
        words = _("You will be reminded.") if choices else _("You will not be reminded of this show.")
        messages.success(request, words)
    return redirect(safe_next(request, reverse("event", args=[event.slug])))


@login_required
@require_POST
def save(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a show into one's own calendar, or with `do=drop` take it out."""
    event = _seen_event(request, slug)
    if request.POST.get("do") == "drop":
        saving.drop_event(event, user=person(request))
        messages.success(request, _("Taken out of your calendar."))
    else:
        saving.save_event(event, user=person(request), now=timezone.now())
        messages.success(request, _("Kept in your calendar."))
    return redirect(safe_next(request, reverse("event", args=[event.slug])))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a message: a page with one button; mail programs press it by themselves (RFC 8058).

    The signed token is the right to do this, so no cookie is asked for.
    """
    reminder = letters.reminder_of(token)
    if reminder is None:
        raise Http404
    stopped = request.method == "POST"
    if stopped:
        reminders.stop(reminder, now=timezone.now())
    context = {
        "event": reminder.event,
        "stopped": stopped,
        "words": _("No more reminders of this show"),
        "done": _("You get no more reminders of this show."),
    }
    return _stop_page(request, context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, token: str) -> HttpResponse:
    """The same for messages about a host."""
    follow = letters.follow_of(token)
    if follow is None:
        raise Http404
    stopped = request.method == "POST"
    if stopped:
        following.unfollow(follow.host, user=follow.user)
    context = {
        "host": follow.host,
        "stopped": stopped,
        "words": _("No longer follow %(host)s") % {"host": follow.host.name},
        "done": _("You no longer follow %(host)s.") % {"host": follow.host.name},
    }
    return _stop_page(request, context)


def _stop_page(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    answer = render(request, "events/reminders_stop.html", context)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    """`/account/reminders/`: the shows one is reminded of and the hosts one follows, each to be ended."""
    if request.method == "POST":
        _change(request)
        return redirect("my-reminders")
    now = timezone.now()
    user = person(request)
    rows = Reminder.objects.filter(viewer_key=user_key(user), stopped_at=None, event__ends_at__gt=now)
    context = {
        "shows": _by_show(rows),
        "saved": Event.objects.filter(pk__in=saving.kept_by(user), ends_at__gt=now).order_by("starts_at"),
        "follows": HostFollow.objects.filter(user=user).select_related("host").order_by("host__name"),
    }
    return render(request, "events/reminders.html", context)


def _by_show(rows: QuerySet[Reminder]) -> list[tuple[Event, list[Reminder]]]:
    shows: dict[int, tuple[Event, list[Reminder]]] = {}
    for row in rows.select_related("event__brand").order_by("event__starts_at", "channel", "-lead"):
        shows.setdefault(row.event_id, (row.event, []))[1].append(row)
    return list(shows.values())


def _change(request: HttpRequest) -> None:
    user = person(request)
    if public_id := request.POST.get("reminder"):
        row = get_object_or_404(Reminder, public_id=public_id, viewer_key=user_key(user))
        Reminder.objects.filter(pk=row.pk, stopped_at=None).update(stopped_at=timezone.now())
    elif slug := request.POST.get("show"):
        event = get_object_or_404(Event, slug=slug)
        reminders.stop_show(event, viewer_key=user_key(user), now=timezone.now())
        saving.drop_event(event, user=user)
    elif slug := request.POST.get("host"):
        follow = get_object_or_404(HostFollow, host__slug=slug, user=user)
        by = {"by_email": "email" in request.POST, "by_push": "push" in request.POST}
        HostFollow.objects.filter(pk=follow.pk).update(**by)
    messages.success(request, _("Saved."))
