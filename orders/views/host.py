"""The host's view of the ledger: the very rows the brand sees, of their own credit."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from events.models import Event
from orders.queries import event_sales, ledger_of
from orders.rules import own_part
from orders.views.studio import require_sales


@login_required
@require_safe
def ledger(request: HttpRequest, slug: str) -> HttpResponse:
    """An event's ledger row by row: a host sees their own credit, readers of the brand's orders see all."""
    event = get_object_or_404(Event.objects.select_related("brand"), slug=slug)
    require_sales(request, event)
    own = own_part(request.user, event)
    page = Paginator(ledger_of(event, host_id=own), 50).get_page(request.GET.get("page"))
    context = {"event": event, "page": page, "sales": event_sales(event, host_id=own), "own": own}
    return render(request, "orders/ledger.html", context)
