"""Who gets into the studio: producers, each only to their own brand's shows."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.enums import Role
from accounts.models import User
from catalog.models import Brand
from catalog.rules import brands_of
from events.models import Event
from events.rules import can_manage, events_managed_by


def person(request: HttpRequest) -> User:
    """The signed-in person; for views behind `login_required`."""
    user = request.user
    if not isinstance(user, User):
        raise PermissionDenied
    return user


def managed_event(request: HttpRequest, slug: str) -> Event:
    """The event, if the person may manage it. Other brands' shows are 404; one's own without the role 403."""
    event = get_object_or_404(Event.objects.select_related("brand", "holiday", "look"), slug=slug)
    if can_manage(request.user, event):
        return event
    if brands_of(request.user).filter(pk=event.brand_id).exists():
        raise PermissionDenied
    raise Http404


def produced_brands(request: HttpRequest) -> QuerySet[Brand]:
    """The brands the person may make shows for; PermissionDenied when there are none and no shows either."""
    brands = brands_of(request.user, Role.PRODUCER)
    if not brands.exists() and not events_managed_by(request.user).exists():
        raise PermissionDenied
    return brands


def chosen_brand(request: HttpRequest) -> tuple[Brand, list[Brand]]:
    """The brand the person works for on this page (`?brand=<slug>`, by default the first) and all they have.

    PermissionDenied when they produce for none; another's brand is 404.
    """
    brands = list(brands_of(request.user, Role.PRODUCER))
    if not brands:
        raise PermissionDenied
    wanted = request.GET.get("brand", "")
    brand = next((one for one in brands if one.slug == wanted), None if wanted else brands[0])
    if brand is None:
        raise Http404
    return brand, brands
