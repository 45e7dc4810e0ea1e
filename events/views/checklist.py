"""The checklist of a show, and repeating the show itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.enums import Role
from catalog.rules import has_role
from events.domain import checklist, repeating
from events.errors import EditConflict, EventError
from events.forms import TaskForm
from events.models import ChecklistItem
from events.views.access import managed_event, person
from events.views.event_page import event_page, part_url
from events.views.recording import origin_of, recording, told


@login_required
@require_POST
def add_task(request: HttpRequest, slug: str) -> HttpResponse:
    """Write down one more task."""
    event = managed_event(request, slug)
    form = TaskForm(request.POST, prefix="task")
    if form.is_valid():
        data = form.cleaned_data
        words = {"text": data["text"], "due_on": data["due_on"]}
        if told(request, event, "checklist", lambda _now: checklist.add_task(event, **words)):
            return redirect(part_url(event, "plan", "checklist"))
    return event_page(request, event, "plan", task=form)


@login_required
@require_POST
def change_task(request: HttpRequest, slug: str, task: str) -> HttpResponse:
    """`do` is done, open, remove or save; `back=due` returns to the list of what is due."""
    event = managed_event(request, slug)
    item = get_object_or_404(ChecklistItem.objects.select_related("event"), event=event, public_id=task)
    match request.POST.get("do"):
        case "done" | "open" as do:
            by = person(request)
            told(
                request,
                event,
                "checklist",
                lambda now: checklist.tick(item, done=do == "done", by=by, now=now),
            )
        case "remove":
            told(request, event, "checklist", lambda _now: checklist.remove(item))
        case _:
            form = TaskForm(request.POST, prefix=item.public_id)
            if not form.is_valid() or not _saved(request, item, form):
                return event_page(request, event, "plan", task_edited=form)
    if request.POST.get("back") == "due":
        return redirect(f"{reverse('studio')}#due")
    return redirect(part_url(event, "plan", "checklist"))


def _saved(request: HttpRequest, item: ChecklistItem, form: TaskForm) -> bool:
    """Whether the task is saved; a refusal stands in the form, with the words the other person wrote."""
    try:
        with recording(request, item.event, "checklist"):
            checklist.edit(item, **form.cleaned_data)
    except EditConflict as error:
        item.refresh_from_db()
        form.add_error("text", str(error))
        form.add_error("text", _("It says now: “%(text)s”.") % {"text": item.text})
        form.data = {**request.POST.dict(), form.add_prefix("seen"): item.text}
        return False
    except EventError as error:
        form.add_error(None, str(error))
        return False
    return True


@login_required
@require_POST
def repeat(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft of this show on its next turn; `invite` sends the hosts who had terms the same ones again."""
    event = managed_event(request, slug)
    if not has_role(person(request), event.brand, Role.PRODUCER):
        raise PermissionDenied
    now = timezone.now()
    try:
        made = repeating.repeat(
            event,
            by=person(request),
            now=now,
            today=timezone.localdate(now),
            invite=request.POST.get("invite") == "on",
            origin=origin_of(request),
        )
    except EventError as error:
        messages.error(request, str(error))
        return redirect("studio-event", event.slug)
    messages.success(request, _("The draft is made, with everything that could come along."))
    for note in made.notes:
        messages.info(request, note)
    return redirect("studio-event", made.event.slug)
