"""What staff change on a product's page besides its details: variants, prices, stock, pictures, model."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.domain import images, models3d
from catalog.domain.pricing import set_price
from catalog.domain.products import add_variant
from catalog.domain.stock import set_on_hand
from catalog.errors import BadImage, BadModel, CatalogError
from catalog.forms import ModelForm, NewVariantForm, PictureForm, VariantForm
from catalog.models import Variant
from catalog.views.studio import kept_product, page


@login_required
@require_POST
def variants(request: HttpRequest, product: str) -> HttpResponse:
    """Add a variant with its prices and pieces."""
    kept, now = kept_product(request, product), timezone.now()
    form = NewVariantForm(request.POST, prefix="new")
    if not form.is_valid():
        return page(request, kept, new_variant=form)
    given = form.cleaned_data
    with transaction.atomic():
        variant = add_variant(
            kept, sku=given["sku"], options=given["options"], on_hand=given["on_hand"], now=now
        )
        for price in form.prices:
            set_price(variant, amount=price.amount, currency=price.currency, now=now)
    messages.success(request, _("%(sku)s is on the shelf.") % {"sku": variant.sku})
    return redirect("studio-product", kept.slug)


@login_required
@require_POST
def variant(request: HttpRequest, product: str, variant: str) -> HttpResponse:
    """Change a variant, its prices and how many pieces there are."""
    kept = kept_product(request, product)
    changed = get_object_or_404(kept.variants, public_id=variant)
    form = VariantForm(request.POST, prefix=variant)
    if form.is_valid():
        _change(request, changed, form)
    else:
        first = next(iter(form.errors.values()))[0]
        messages.error(request, _("%(sku)s was not changed: %(why)s") % {"sku": changed.sku, "why": first})
    return redirect("studio-product", kept.slug)


def _change(request: HttpRequest, variant: Variant, form: VariantForm) -> None:
    now = timezone.now()
    try:
        with transaction.atomic():
            variant.options, variant.active = form.cleaned_data["options"], form.cleaned_data["active"]
            variant.save(update_fields=["options", "active"])
            for price in form.prices:
                set_price(variant, amount=price.amount, currency=price.currency, now=now)
            set_on_hand(variant, on_hand=form.cleaned_data["on_hand"], now=now)
    except CatalogError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(sku)s is changed.") % {"sku": variant.sku})


@login_required
@require_POST
def pictures(request: HttpRequest, product: str) -> HttpResponse:
    """Add a picture at the end of the row."""
    kept = kept_product(request, product)
    form = PictureForm(request.POST, request.FILES, prefix="picture")
    if not form.is_valid():
        return page(request, kept, picture=form)
    try:
        images.add_product_image(
            kept,
            data=form.cleaned_data["file"].read(),
            alt=form.cleaned_data["alt"],
            position=kept.images.count(),
        )
    except BadImage as refusal:
        form.add_error("file", str(refusal))
        return page(request, kept, picture=form)
    messages.success(request, _("The picture is there."))
    return redirect("studio-product", kept.slug)


@login_required
@require_POST
def picture(request: HttpRequest, product: str, picture: str) -> HttpResponse:
    """Take a picture down, or put it first."""
    kept = kept_product(request, product)
    image = get_object_or_404(kept.images, public_id=picture)
    if request.POST.get("do") == "remove":
        images.remove_image(image)
    else:
        images.put_first(image)
    return redirect("studio-product", kept.slug)


@login_required
@require_POST
def model(request: HttpRequest, product: str) -> HttpResponse:
    """Show the product in 3D, with another model than before, or no longer."""
    kept = kept_product(request, product)
    if request.POST.get("do") == "remove":
        models3d.remove_model(kept)
        return redirect("studio-product", kept.slug)
    form = ModelForm(request.POST, request.FILES, prefix="model")
    if not form.is_valid():
        return page(request, kept, model=form)
    try:
        models3d.set_model(kept, data=form.cleaned_data["file"].read())
    except BadModel as refusal:
        form.add_error("file", str(refusal))
        return page(request, kept, model=form)
    messages.success(request, _("The piece can be turned now."))
    return redirect("studio-product", kept.slug)
