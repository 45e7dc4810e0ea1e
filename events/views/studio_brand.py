"""`/studio/brand/`: what a brand settles for all its shows."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.domain.brand_settings import settle
from events.forms.hosts import BrandForm
from events.views.access import chosen_brand


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Competing brands, and whether plans need a second person; `?brand=<slug>` when there are several."""
    brand, brands = chosen_brand(request)
    form = BrandForm(request.POST or None, brand=brand)
    if request.method == "POST" and form.is_valid():
        settle(brand, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('studio-brand')}?brand={brand.slug}")
    context = {"brand": brand, "brands": brands, "form": form}
    return render(request, "studio/brand.html", context, status=422 if form.errors else 200)
