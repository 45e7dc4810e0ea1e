"""Editions and seasons in the studio: the list, a new one, and one with its pieces. Works without script."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.errors import BadImage
from catalog.forms import PictureForm
from catalog.models import Brand
from catalog.rules import SHOPKEEPERS, brands_of, keeps_shop
from events.domain import assortments, whats_left
from events.domain.calendar import row_of
from events.enums import AssortmentKind
from events.errors import BadAssortment, EditConflict, EventError
from events.forms.choices import day_of_token
from events.forms.editions import (
    EditionForm,
    NewEditionForm,
    NewPieceForm,
    OccasionForm,
    PieceForm,
    initial_of,
    on_clocks,
    piece_initial,
)
from events.models import Assortment, AssortmentPiece

PAGE = 50
UNPROCESSABLE = 422


def kept_brands(request: HttpRequest) -> QuerySet[Brand]:
    """The brands whose shelves the person may fill; PermissionDenied when there are none."""
    brands = brands_of(request.user, *SHOPKEEPERS)
    if not brands.exists():
        raise PermissionDenied
    return brands


def kept_assortment(request: HttpRequest, slug: str) -> Assortment:
    """The assortment, if the person may change it. Other brands' are 404; one's own without the role 403."""
    rows = Assortment.objects.select_related("brand", "holiday")
    found = get_object_or_404(rows, slug=slug)
    if keeps_shop(request.user, found.brand):
        return found
    if brands_of(request.user).filter(pk=found.brand_id).exists():
        raise PermissionDenied
    raise Http404


@login_required
@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """`/studio/editions/`: my brands' editions and seasons, `?kind=` and `?holiday=<key>` narrow it."""
    now = timezone.now()
    ours = Assortment.objects.filter(brand__in=kept_brands(request))
    keys = ours.exclude(holiday=None).order_by().values_list("holiday__key", flat=True).distinct()
    kind, holiday = request.GET.get("kind", ""), request.GET.get("holiday", "")
    found = ours.filter(kind=kind) if kind in AssortmentKind.values else ours
    found = found.filter(holiday__key=holiday) if holiday else found
    page = Paginator(found.order_by("-opens_at", "pk"), PAGE).get_page(request.GET.get("page"))
    shown = Assortment.objects.filter(pk__in=[row.pk for row in page.object_list])
    context = {
        "page": page,
        "cards": whats_left.edition_cards(shown.order_by("-opens_at", "pk"), now=now),
        "kinds": AssortmentKind.choices,
        "kind": kind,
        "holidays": sorted(keys),
        "holiday": holiday,
    }
    return render(request, "studio/editions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_edition(request: HttpRequest) -> HttpResponse:
    """`/studio/editions/new/`: `?holiday=<token>` and `?kind=` fill the form in."""
    brands, today = kept_brands(request), timezone.localdate()
    if request.method == "POST":
        form = NewEditionForm(request.POST, brands=brands, today=today)
        if form.is_valid() and (made := _created(form)):
            messages.success(request, _("The draft is made. Now put its pieces in."))
            return redirect("studio-edition", made.slug)
    else:
        form = NewEditionForm(brands=brands, today=today, initial=_prefilled(request, brands))
    occasion = OccasionForm(brands=brands, today=today, initial={"holiday": request.GET.get("holiday", "")})
    context = {"form": form, "occasion": occasion}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "studio/edition_new.html", context, status=status)


def _created(form: NewEditionForm) -> Assortment | None:
    data = form.assortment_data()
    try:
        return assortments.create_assortment(
            form.cleaned_data["brand"], kind=form.cleaned_data["kind"], title=data.pop("title"), **data
        )
    except BadAssortment as refusal:
        form.add_refusal(refusal.field, str(refusal))
        return None


def _prefilled(request: HttpRequest, brands: QuerySet[Brand]) -> dict[str, object]:
    asked = request.GET
    known = {name: asked[name] for name in ("kind", "brand") if asked.get(name)}
    initial: dict[str, object] = {"brand": brands[0].slug, "kind": AssortmentKind.EDITION, **known}
    day = day_of_token(asked.get("holiday", ""), brands=brands)
    if day is None:
        return initial
    row = row_of(day)
    try:
        told = assortments.suggested(row, now=timezone.now())
    except BadAssortment as refusal:
        messages.error(request, str(refusal))
        return initial
    days = on_clocks(told["opens_at"], told["closes_at"], row)
    return initial | dict(told) | days | {"holiday": asked["holiday"]}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """`/studio/editions/<slug>/`: POST saves the details."""
    kept = kept_assortment(request, slug)
    if request.method != "POST":
        return page(request, kept)
    form = _details(kept, request.POST)
    if form.is_valid() and _saved(request, kept, form):
        return redirect("studio-edition", kept.slug)
    return page(request, kept_assortment(request, slug), details=form)


def _saved(request: HttpRequest, kept: Assortment, form: EditionForm) -> bool:
    version, now = form.cleaned_data["version"] or 0, timezone.now()
    try:
        assortments.edit_assortment(kept, version=version, now=now, **form.assortment_data())
    except BadAssortment as refusal:
        form.add_refusal(refusal.field, str(refusal))
        return False
    except EditConflict as conflict:
        form.add_error(None, str(conflict))
        form.data = _with_new_version(request, kept)
        return False
    messages.success(request, _("Saved."))
    return True


def _with_new_version(request: HttpRequest, kept: Assortment) -> QueryDict:
    """What was sent, savable over the other person's text once the writer has seen the notice."""
    data = request.POST.copy()
    data["version"] = str(Assortment.objects.values_list("version", flat=True).get(pk=kept.pk))
    return data


@login_required
@require_POST
def change_state(request: HttpRequest, slug: str) -> HttpResponse:
    """`do` is publish or withdraw."""
    kept = kept_assortment(request, slug)
    if request.POST.get("do") == "withdraw":
        assortments.withdraw(kept)
        messages.success(request, _("The page is taken away. Pieces and their days stay."))
    elif _told(request, lambda now: assortments.publish(kept, now=now)):
        messages.success(request, _("Everybody sees it now."))
    return redirect("studio-edition", kept.slug)


@login_required
@require_POST
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a picture on the page, or with `do=remove` take it away."""
    kept = kept_assortment(request, slug)
    if request.POST.get("do") == "remove":
        assortments.remove_picture(kept)
        return redirect("studio-edition", kept.slug)
    form = PictureForm(request.POST, request.FILES, prefix="picture")
    if form.is_valid():
        try:
            assortments.set_picture(kept, data=form.cleaned_data["file"].read(), alt=form.cleaned_data["alt"])
        except BadImage as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The picture is there."))
            return redirect("studio-edition", kept.slug)
    return page(request, kept, picture=form)


@login_required
@require_POST
def pieces(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a product in at the end."""
    kept = kept_assortment(request, slug)
    form = NewPieceForm(request.POST, assortment=kept, prefix="new")
    if form.is_valid() and _beside(
        form, lambda: assortments.add_piece(kept, **form.cleaned_data, now=timezone.now())
    ):
        messages.success(request, _("The piece is in. It is sold in these days only."))
        return redirect("studio-edition", kept.slug)
    return page(request, kept, new=form)


@login_required
@require_POST
def piece(request: HttpRequest, slug: str, product: str) -> HttpResponse:
    """`do` is up, down, remove or save."""
    kept = kept_assortment(request, slug)
    row = get_object_or_404(_pieces(kept), product__slug=product)
    match request.POST.get("do"):
        case "up":
            assortments.move_piece(row, steps=-1)
        case "down":
            assortments.move_piece(row, steps=1)
        case "remove":
            assortments.remove_piece(row, now=timezone.now())
        case _:
            form = PieceForm(request.POST, assortment=kept, prefix=product)
            if not form.is_valid() or not _beside(
                form, lambda: assortments.edit_piece(row, **form.cleaned_data)
            ):
                return page(request, kept, piece=form)
            messages.success(request, _("Saved."))
    return redirect("studio-edition", kept.slug)


def _beside(form: PieceForm, write: Callable[[], object]) -> bool:
    """Run `write`; a refusal stands beside the field it is about. Returns whether it went through."""
    try:
        write()
    except BadAssortment as refusal:
        form.add_error(refusal.field, str(refusal))
        return False
    return True


def _told(request: HttpRequest, write: Callable[[datetime], object]) -> bool:
    try:
        write(timezone.now())
    except EventError as error:
        messages.error(request, str(error))
        return False
    return True


def _pieces(kept: Assortment) -> QuerySet[AssortmentPiece]:
    return kept.pieces.select_related("product", "based_on", "assortment")


def _details(kept: Assortment, data: Any = None) -> EditionForm:
    brands = Brand.objects.filter(pk=kept.brand_id)
    today, known = timezone.localdate(), initial_of(kept)
    return EditionForm(data, brands=brands, today=today, keep=kept.holiday, initial=known)


def page(request: HttpRequest, kept: Assortment, **bound: Any) -> HttpResponse:
    """The page with `bound` forms in the place of fresh ones; answers 422 when there are any."""
    now = timezone.now()
    wrong = bound.get("piece")
    left = whats_left.whats_left(kept)
    rows = {row.pk: row for row in _pieces(kept).prefetch_related("product__images")}
    context = {
        "edition": kept,
        "zone": assortments.zone_of(kept.holiday),
        "missing": assortments.missing(kept, now=now),
        "stage": whats_left.stage(kept, free=sum(each.free for _piece, each in left), now=now),
        "pieces": [(rows[one.pk], each, _piece_form(rows[one.pk], kept, wrong)) for one, each in left],
        "details": bound.get("details") or _details(kept),
        "new": bound.get("new") or NewPieceForm(assortment=kept, prefix="new"),
        "picture": bound.get("picture") or PictureForm(prefix="picture"),
    }
    return render(request, "studio/edition.html", context, status=UNPROCESSABLE if bound else 200)


def _piece_form(row: AssortmentPiece, kept: Assortment, wrong: PieceForm | None) -> PieceForm:
    slug = row.product.slug
    if wrong is not None and wrong.prefix == slug:
        return wrong
    return PieceForm(assortment=kept, prefix=slug, initial=piece_initial(row))
