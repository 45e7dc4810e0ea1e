"""Products by CSV: a file is checked, its report is read, then it is brought in; and the way out again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from catalog.domain import exporting
from catalog.domain.importing import Report, apply, check
from catalog.errors import BadSheet
from catalog.forms import SheetForm
from catalog.models import Brand
from catalog.rules import brands_of
from catalog.views.studio import kept_brands

SALT = "catalog.sheet"
# A report is acted on within a working day, or the file is checked again.
KEPT_SECONDS = 12 * 3600
# Carried by the page, signed, between report and bringing in; a larger file is chosen once more.
MOST_CARRIED = 800_000
# Rows shown of each kind; those to be put right are all shown.
MOST_SHOWN = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_products(request: HttpRequest) -> HttpResponse:
    """Check a file, or bring in the one that was checked."""
    brands = kept_brands(request)
    if request.method != "POST":
        asked = brands.filter(slug=request.GET.get("brand", "")).first()
        return _page(request, SheetForm(brands=brands, initial={"brand": asked} if asked else None))
    form = SheetForm(request.POST, request.FILES, brands=brands, carried=_carried(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    brand, data = form.cleaned_data["brand"], form.cleaned_data["data"]
    try:
        if form.cleaned_data["do"] == "apply":
            return _bring_in(request, form, brand, data)
        return _page(request, form, report=check(brand, data), data=data)
    except BadSheet as wrong:
        form.add_error("file", str(wrong))
        return _page(request, form, status=422)


def _bring_in(request: HttpRequest, form: SheetForm, brand: Brand, data: bytes) -> HttpResponse:
    whole = form.cleaned_data["rows"] == "all"
    report = apply(brand, data, whole=whole, now=timezone.now())
    if report.applied and report.is_right:
        messages.success(request, summary(report))
        return redirect("studio-products")
    if report.applied:
        messages.warning(request, summary(report))
    else:
        messages.error(request, _("Nothing was brought in: not every row is right."))
    return _page(request, form, report=report, data=data, status=200 if report.applied else 422)


def summary(report: Report) -> str:
    """What a sheet did, in one line."""
    counts = report.counts
    return _("%(new)s, %(changed)s.") % {
        "new": ngettext("%(n)d row added", "%(n)d rows added", counts["new"]) % {"n": counts["new"]},
        "changed": ngettext("%(n)d row changed", "%(n)d rows changed", counts["changed"])
        % {"n": counts["changed"]},
    }


def _carried(request: HttpRequest) -> dict[str, Any]:
    """The brand and the file of the report the person has read; nothing if it is not theirs or too old."""
    try:
        kept = signing.loads(request.POST.get("sheet", ""), salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return {}
    return kept if kept["user"] == request.user.pk else {}


def _carry(request: HttpRequest, brand: Brand, data: bytes) -> str:
    kept = {"user": request.user.pk, "brand": brand.slug, "text": data.decode("utf-8-sig")}
    signed = signing.dumps(kept, salt=SALT, compress=True)
    return signed if len(signed) <= MOST_CARRIED else ""


def _page(
    request: HttpRequest,
    form: SheetForm,
    *,
    report: Report | None = None,
    data: bytes = b"",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "brands": form.fields["brand"].queryset}  # type: ignore[attr-defined]  # a ModelChoiceField
    if report:
        brand = form.cleaned_data["brand"]
        context |= {
            "report": report,
            "brand": brand,
            "wrong": [line for line in report.lines if line.state == "wrong"],
            "right": [line for line in report.lines if line.state in {"new", "changed"}][:MOST_SHOWN],
            "sheet": "" if report.applied else _carry(request, brand, data),
        }
    return render(request, "catalog/studio_import.html", context, status=status)


@login_required
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """A sheet with one row as an example."""
    kept_brands(request)
    return _file(exporting.template(), "products-template.csv")


@login_required
@require_safe
def export(request: HttpRequest, brand: str) -> HttpResponse:
    """The shelves of one of my brands. Others' are 404; one's own without the role 403."""
    kept = get_object_or_404(Brand, slug=brand)
    if not kept_brands(request).filter(pk=kept.pk).exists():
        if brands_of(request.user).filter(pk=kept.pk).exists():
            raise PermissionDenied
        raise Http404
    return _file(exporting.export(kept), f"products-{kept.slug}.csv")


def _file(data: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
