"""Days in the studio: a market's year, a brand's own days, holidays kept on other dates. No script needed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.enums import Role
from catalog.models import Brand
from catalog.rules import brands_of
from events.domain import days, moving
from events.domain.calendar import holiday_info
from events.domain.concerned import Concerned, concerned
from events.domain.moving import Ruled
from events.domain.year import year_days
from events.errors import BadDay, EditConflict
from events.forms.days import DayForm, MoveForm, initial_of
from events.holidays import FIRST_YEAR, LAST_YEAR, markets
from events.holidays.regions import market_name
from events.models import OwnDay
from events.views.access import chosen_brand, person

UNPROCESSABLE = 422


@login_required
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`/studio/days/`: `?brand= ?market= ?year=`; a year of one market, and the brand's own days."""
    brand, brands = chosen_brand(request)
    today = timezone.localdate()
    market, year = _market(request, brand), _year(request, today)
    own = list(OwnDay.objects.filter(brand=brand))
    context = {
        "brand": brand,
        "brands": brands,
        "market": market,
        "markets": sorted(((code, market_name(code)) for code in markets()), key=lambda pair: pair[1]),
        "year": year,
        "years": [one for one in (year - 1, year + 1) if FIRST_YEAR <= one <= LAST_YEAR],
        "rows": year_days(brand, market, year),
        "own": [(day, days.next_dates(day.rule, today=today, days=day.days)) for day in own],
        "today": today,
        "stamp": _stamp(own),
    }
    return render(request, "studio/days.html", context)


def _market(request: HttpRequest, brand: Brand) -> str:
    wanted = request.GET.get("market", "").upper()
    if wanted in markets():
        return wanted
    return brand.country if brand.country in markets() else markets()[0]


def _year(request: HttpRequest, today: date) -> int:
    raw = request.GET.get("year", "")
    year = int(raw) if raw.isascii() and raw.isdigit() and len(raw) == 4 else today.year  # noqa: PLR2004 - a year
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _stamp(own: list[OwnDay]) -> str:
    """Changes when a colour of these days may have: the stylesheet's address in the studio."""
    return "-".join(f"{day.pk}.{day.version}" for day in own)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_day(request: HttpRequest) -> HttpResponse:
    """`/studio/days/new/`: `do=preview` shows the next dates and keeps nothing."""
    brand, _brands = chosen_brand(request)
    if request.method != "POST":
        start = {
            "markets": [_market(request, brand)],
            "days": 1,
            "rule": "fixed",
            "ground": "#17130F",
            "ink": "#F4EEDC",
        }
        return _day_page(request, brand, DayForm(initial=start))
    form = DayForm(request.POST)
    if form.is_valid() and request.POST.get("do") != "preview":
        try:
            day = days.make_day(brand, form.day_data())
        except BadDay as refusal:
            form.add_refusal(refusal.field, str(refusal))
        else:
            messages.success(request, _("The day is in the calendar of %(brand)s.") % {"brand": brand.name})
            return redirect(f"{reverse('studio-days')}?brand={brand.slug}&market={day.markets[0]}#own")
    return _day_page(request, brand, form)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_day(request: HttpRequest, key: str) -> HttpResponse:
    """`/studio/days/own/<key>/`: POST saves; `do=preview` shows the next dates, `do=delete` takes it away."""
    day = _kept_day(request, key)
    if request.method != "POST":
        return _day_page(request, day.brand, DayForm(initial=initial_of(day)), day)
    if request.POST.get("do") == "delete":
        return _delete(request, day)
    form = DayForm(request.POST)
    if form.is_valid() and request.POST.get("do") != "preview":
        try:
            found = days.edit_day(
                day,
                form.day_data(),
                version=form.cleaned_data["version"] or 0,
                origin=_origin(request),
                now=timezone.now(),
            )
        except BadDay as refusal:
            form.add_refusal(refusal.field, str(refusal))
        except EditConflict as conflict:
            form.add_error(None, str(conflict))
            day.refresh_from_db()
            _resend(form, "version", str(day.version))
        else:
            _told(request, found)
            return redirect(f"{reverse('studio-days')}?brand={day.brand.slug}#own")
        day.refresh_from_db()
    return _day_page(request, day.brand, form, day)


def _delete(request: HttpRequest, day: OwnDay) -> HttpResponse:
    try:
        days.delete_day(day)
    except BadDay as refusal:
        messages.error(request, str(refusal))
        return redirect("studio-day", day.key)
    messages.success(request, _("The day is gone."))
    return redirect(f"{reverse('studio-days')}?brand={day.brand.slug}#own")


def _day_page(request: HttpRequest, brand: Brand, form: DayForm, day: OwnDay | None = None) -> HttpResponse:
    """The form with the dates its rule gives; 422 when something is wrong with what was sent."""
    preview: list[Any] = []
    if form.is_bound and not form.errors:
        try:
            preview = days.next_dates(
                form.rule_values(), today=timezone.localdate(), days=form.cleaned_data["days"]
            )
        except ValueError:
            form.add_error("rule", _("This rule gives no days. Check its numbers."))
    elif day is not None and not form.is_bound:
        preview = days.next_dates(day.rule, today=timezone.localdate(), days=day.days)
    context = {
        "form": form,
        "brand": brand,
        "day": day,
        "preview": preview,
        "stamp": _stamp([day] if day else []),
    }
    return render(request, "studio/day.html", context, status=UNPROCESSABLE if form.errors else 200)


def _kept_day(request: HttpRequest, key: str) -> OwnDay:
    """The day, if the person produces for its brand. Another's is 404; one's own without the role 403."""
    day = get_object_or_404(OwnDay.objects.select_related("brand"), key=key)
    if brands_of(request.user, Role.PRODUCER).filter(pk=day.brand_id).exists():
        return day
    if brands_of(request.user).filter(pk=day.brand_id).exists():
        raise PermissionDenied
    raise Http404


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, key: str, market: str, on: str) -> HttpResponse:
    """`/studio/days/<key>/<market>/<rule date>/`: `?brand=`; keep this occurrence on other dates, or not."""
    brand, _brands = chosen_brand(request)
    place = _place(request, brand, key, market, on)
    superuser = person(request).is_superuser
    if request.method != "POST":
        return _move_page(request, place, MoveForm(initial=_as_now(place), for_everybody=superuser), brand)
    form = MoveForm(request.POST, for_everybody=superuser)
    if form.is_valid() and (back := _moved(request, place, form)):
        return back
    return _move_page(request, place, form, brand)


def _place(request: HttpRequest, brand: Brand, key: str, market: str, on: str) -> Ruled:
    """The occurrence for the brand, or for everybody when the form says so. 404 for what is not there."""
    info, rule_date = holiday_info(key), _date(on)
    if info is None or rule_date is None or market not in info.markets:
        raise Http404
    if info.is_own and not OwnDay.objects.filter(key=key, brand=brand).exists():
        raise Http404
    whose = None if request.POST.get("everybody") and not info.is_own else brand
    place = moving.ruled(info, market, rule_date, whose)
    if place is None:
        raise Http404
    return place


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _as_now(place: Ruled) -> dict[str, Any]:
    move = place.move
    kept = "moved" if move is None or move.starts_on else "off"
    return {
        "kept": kept,
        "starts_on": move.starts_on if move else place.day.starts_on,
        "ends_on": move.ends_on if move else place.day.ends_on,
        "reason": move.reason if move else "",
        "seen": place.seen,
    }


def _moved(request: HttpRequest, place: Ruled, form: MoveForm) -> HttpResponse | None:
    """Write the move; None when it was refused and the form says why."""
    data = form.cleaned_data
    common: dict[str, Any] = {
        "seen": data["seen"], "by": person(request), "origin": _origin(request), "now": timezone.now(),
    }  # fmt: skip
    try:
        if data["kept"] == "rule":
            found = moving.restore_day(place, **common)
        else:
            moved = data["kept"] == "moved"
            found = moving.move_day(
                place,
                starts_on=data["starts_on"] if moved else None,
                ends_on=data["ends_on"] if moved else None,
                reason=data["reason"],
                **common,
            )
    except BadDay as refusal:
        form.add_refusal(refusal.field, str(refusal))
        return None
    except EditConflict as conflict:
        form.add_error(None, str(conflict))
        _resend(form, "seen", _fresh(place).seen)
        return None
    _told(request, found)
    brand = request.GET.get("brand", "")
    year = (data["starts_on"] or place.day.starts_on).year
    return redirect(f"{reverse('studio-days')}?brand={brand}&market={place.day.market}&year={year}")


def _resend(form: Any, name: str, value: str) -> None:
    """What was sent stays in the form, savable once the writer has seen the notice."""
    data = form.data.copy()
    data[name] = value
    form.data = data


def _fresh(place: Ruled) -> Ruled:
    found = moving.ruled(place.day.info, place.day.market, place.day.starts_on, place.brand)
    return found or place


def _move_page(request: HttpRequest, place: Ruled, form: MoveForm, brand: Brand) -> HttpResponse:
    on = place.kept_on or place.day.starts_on
    context = {
        "form": form,
        "place": place,
        "brand": brand,
        "day": place.day,
        "concerned": concerned(place.day.key, place.day.market, on, brand, now=timezone.now()),
    }
    return render(request, "studio/day_move.html", context, status=UNPROCESSABLE if form.errors else 200)


def _told(request: HttpRequest, found: Concerned) -> None:
    """Say what was saved, and which shows it concerns."""
    messages.success(request, _("Saved."))
    if found.events:
        count = len(found.events)
        words = ngettext(
            "%(n)d show stands on this day; its hosts have been told: %(titles)s",
            "%(n)d shows stand on this day; their hosts have been told: %(titles)s",
            count,
        )
        messages.info(request, words % {"n": count, "titles": ", ".join(e.title for e in found.events[:5])})


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
