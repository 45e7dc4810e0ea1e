"""Staff's product pages: list, new, details."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.domain.products import change_state, create_product, resize_edition
from catalog.enums import ProductState
from catalog.errors import CatalogError
from catalog.forms import (
    ModelForm,
    NewProductForm,
    NewVariantForm,
    PictureForm,
    ProductForm,
    VariantForm,
    variant_initial,
)
from catalog.models import Brand, Product, Variant
from catalog.money import Money
from catalog.queries import model_url, stock_rows, stocked
from catalog.rules import SHOPKEEPERS, brands_of, keeps_shop

PER_PAGE = 50
LONGEST_WORDS = 80


def kept_brands(request: HttpRequest) -> QuerySet[Brand]:
    """The brands whose shelves the person may fill; PermissionDenied when there are none."""
    brands = brands_of(request.user, *SHOPKEEPERS)
    if not brands.exists():
        raise PermissionDenied
    return brands


def kept_product(request: HttpRequest, slug: str) -> Product:
    """The product, if the person may change it. Other brands' are 404; one's own without the role 403."""
    product = get_object_or_404(Product.objects.select_related("brand"), slug=slug)
    if keeps_shop(request.user, product.brand):
        return product
    if brands_of(request.user).filter(pk=product.brand_id).exists():
        raise PermissionDenied
    raise Http404


@login_required
@require_safe
def products(request: HttpRequest) -> HttpResponse:
    """What is on my brands' shelves and goes by `?q=`, with what is left of it."""
    words = request.GET.get("q", "")[:LONGEST_WORDS].strip()
    page = Paginator(stocked(kept_brands(request), words), PER_PAGE).get_page(request.GET.get("page"))
    context = {"products": stock_rows(page.object_list), "page": page, "words": words}
    return render(request, "catalog/studio_products.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_product(request: HttpRequest) -> HttpResponse:
    """A draft; variants and pictures come on its own page."""
    form = NewProductForm(request.POST or None, brands=kept_brands(request))
    if request.method == "POST" and form.is_valid():
        product = create_product(**form.cleaned_data)
        messages.success(request, _("%(name)s is a draft. Add a variant and a picture.") % {"name": product})
        return redirect("studio-product", product.slug)
    return render(request, "catalog/studio_new_product.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def product(request: HttpRequest, product: str) -> HttpResponse:
    """One product: its details here; variants and pictures post to their own addresses."""
    kept = kept_product(request, product)
    form = ProductForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid() and _saved(request, form):
        return redirect("studio-product", kept.slug)
    return page(request, kept, form=form)


def _saved(request: HttpRequest, form: ProductForm) -> bool:
    wanted = ProductState(form.cleaned_data["state"])
    form.instance.state = form.initial["state"]
    try:
        resize_edition(form.instance, size=form.cleaned_data["edition_size"])
    except CatalogError as refusal:
        form.add_error("edition_size", str(refusal))
        return False
    form.save()
    try:
        change_state(form.instance, to=wanted)
    except CatalogError as refusal:
        form.add_error("state", str(refusal))
        return False
    messages.success(request, _("Saved."))
    return True


def own_price(variant: Variant) -> Money | None:
    """What the variant costs in the installation's own currency."""
    own = settings.DEFAULT_CURRENCY
    return next((price.money for price in variant.prices.all() if price.currency == own), None)


def page(
    request: HttpRequest,
    product: Product,
    *,
    form: ProductForm | None = None,
    new_variant: NewVariantForm | None = None,
    picture: PictureForm | None = None,
    model: ModelForm | None = None,
) -> HttpResponse:
    """The page of a product with whichever form came back wrong."""
    variants = product.variants.select_related("stock").prefetch_related("prices")
    context = {
        "product": product,
        "form": form or ProductForm(instance=product),
        "variants": [
            (v, own_price(v), VariantForm(initial=variant_initial(v), prefix=v.public_id)) for v in variants
        ],
        "new_variant": new_variant or NewVariantForm(prefix="new"),
        "picture": picture or PictureForm(prefix="picture"),
        "images": product.images.all(),
        "model": model or ModelForm(prefix="model"),
        "model_url": model_url(product),
    }
    wrong = any(bound is not None and bound.errors for bound in (form, new_variant, picture, model))
    return render(request, "catalog/studio_product.html", context, status=422 if wrong else 200)
