"""The trailer in the studio: put one, or take it away."""

from typing import BinaryIO, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.domain import trailers
from events.errors import EventError
from events.forms.trailer import TrailerForm
from events.views.access import managed_event
from events.views.event_page import event_page, part_url


@login_required
@require_POST
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """`film` and `captions` are files; `do=remove` takes the trailer away."""
    event = managed_event(request, slug)
    form = TrailerForm(request.POST, request.FILES, prefix="trailer", label_suffix="")
    try:
        if request.POST.get("do") == "remove":
            trailers.remove_trailer(event)
        elif form.is_valid():
            film = cast(UploadedFile, form.cleaned_data["film"])
            words = form.cleaned_data["captions"]
            captions = words.read() if words else b""
            trailers.put_trailer(event, cast(BinaryIO, film.file), size=film.size or 0, captions=captions)
        else:
            return event_page(request, event, "plan", trailer=form)
    except EventError as error:
        form.add_error(getattr(error, "field", "") or None, str(error))
        return event_page(request, event, "plan", trailer=form)
    messages.success(request, _("Saved."))
    return redirect(part_url(event, "plan", "trailer"))
