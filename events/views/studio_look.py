"""The look of a show in the studio: tried on, saved, its picture put or taken away."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from catalog.errors import BadImage
from events.domain import looks
from events.errors import BadLook, EventError
from events.forms.look import LookForm, LookPictureForm
from events.models import Event
from events.views.access import managed_event
from events.views.event_page import event_page, part_url
from events.views.look_context import pair_of
from events.views.recording import recording


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """`/studio/events/<slug>/look/`: GET tries a look on, nothing is kept; POST saves, `do` says what.

    `do` is save, plain (wear nothing of its own), picture or no-picture.
    """
    event = managed_event(request, slug)
    if request.method != "POST":
        return JsonResponse(_tried(request, event))
    match request.POST.get("do"):
        case "picture":
            return _picture(request, event)
        case "no-picture":
            return _written(request, event, lambda: looks.remove_picture(event))
        case "plain":
            return _written(request, event, lambda: looks.undress(event))
    form = LookForm(request.POST, look=looks.own(event))
    if not form.is_valid():
        return event_page(request, event, "look", look=form)
    return _written(request, event, lambda: looks.set_look(event, **form.cleaned_data), form)


def _written(request: HttpRequest, event: Event, write: Any, form: LookForm | None = None) -> HttpResponse:
    try:
        with recording(request, event, "look"):
            write()
    except EventError as error:
        if form is None:
            messages.error(request, str(error))
            return redirect(part_url(event, "look"))
        form.add_error(error.field or None, str(error))
        return event_page(request, event, "look", look=form)
    messages.success(request, _("Saved."))
    return redirect(part_url(event, "look"))


def _picture(request: HttpRequest, event: Event) -> HttpResponse:
    form = LookPictureForm(request.POST, request.FILES, prefix="picture", label_suffix="")
    try:
        if form.is_valid():
            data = form.cleaned_data["file"].read()
            looks.set_picture(event, data=data, alt=form.cleaned_data["alt"])
            messages.success(request, _("The picture is there."))
            return redirect(part_url(event, "look"))
    except (BadImage, EventError) as refusal:
        form.add_error("file", str(refusal))
    return event_page(request, event, "look", picture=form)


def _tried(request: HttpRequest, event: Event) -> dict[str, Any]:
    """What the look in the query would be: its tokens, each pair with its ratio, what is wrong with it."""
    asked = {field: request.GET.get(field, "").strip().lower() for field in looks.FIELDS}
    try:
        look = looks.tried(event, **asked)
    except BadLook as refusal:
        return {"field": refusal.field, "message": str(refusal), "pairs": []}
    worn = looks.worn(event, look)
    return {
        "paper": worn.paper_tokens,
        "stage": worn.stage_tokens,
        "pairs": [pair_of(pair) for pair in looks.pairs(look)],
    }
