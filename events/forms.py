"""The studio's forms. Times are typed on the show's own clock; money, times and shares leave here exact."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Brand, Price, Product
from events.domain.calendar import Occurrence, next_holidays, occurrence_row
from events.domain.scheduling import check_shares, equal_shares, instant, zone_names
from events.enums import StaffRole
from events.errors import BadShares, BadTime
from events.holidays import days_of, load, markets
from events.holidays.regions import market_name
from events.models import Event, HolidayOccurrence, Host

PLAIN: dict[str, Any] = {"label_suffix": ""}
Choices = list[tuple[str, Any]]


def token(day: Occurrence | HolidayOccurrence) -> str:
    """A holiday on its day in its market as one form value: `qixi.CN.2027-08-08`."""
    return f"{day.key}.{day.market}.{day.starts_on.isoformat()}"


def day_of_token(value: str) -> Occurrence | None:
    """The occurrence `token` wrote; None when no rule gives it (any more)."""
    key, _dot, rest = value.partition(".")
    market, _dot, iso = rest.partition(".")
    try:
        on = date.fromisoformat(iso)
    except ValueError:
        return None
    if market not in markets():
        return None
    return next((day for day in days_of(on.year, market) if (day.key, day.starts_on) == (key, on)), None)


def holiday_choices(*, today: date, keep: HolidayOccurrence | None = None) -> Choices:
    """The next year's holidays under their markets; `keep` stays choosable although it may be over."""
    language = get_language() or "en"
    groups: Choices = []
    for market in markets():
        days = next_holidays(today=today, only=[market])
        options = [
            (
                f"{day.key}.{market}.{day.starts_on.isoformat()}",
                _labelled(day.info.name(language), market, day.starts_on),
            )
            for day in days
        ]
        groups.append((market_name(market), options))
    listed = {value for _name, options in groups for value, _label in options}
    if keep and token(keep) not in listed and keep.key in load():
        label = _labelled(load()[keep.key].name(language), keep.market, keep.starts_on)
        groups.insert(0, (_("As now"), [(token(keep), label)]))
    return [("", _("No holiday")), *groups]


def _labelled(name: str, market: str, on: date) -> str:
    return f"{name} {market}, {date_format(on, 'j M Y')}"


def currency_choices(brands: Iterable[Brand], *, keep: str = "") -> Choices:
    """The currencies these brands price in, and the shop's own."""
    priced = Price.objects.filter(variant__product__brand__in=brands).values_list("currency", flat=True)
    codes = {*priced.distinct(), settings.DEFAULT_CURRENCY, keep} - {""}
    return [(code, code) for code in sorted(codes)]


class ClockField(forms.CharField):
    """Time since the start as people write it: `12`, `12:30` or `1:02:30`; cleans to seconds."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        parts = text.split(":")
        if len(parts) > 3 or not all(part.isdigit() and len(part) <= 3 for part in parts):  # noqa: PLR2004 - h:m:s
            raise ValidationError(_("Write minutes, or minutes:seconds, like 12:30."))
        numbers = [int(part) for part in parts] + ([0] if len(parts) == 1 else [])
        seconds = sum(number * 60**place for place, number in enumerate(reversed(numbers)))
        if seconds > 12 * 3600:
            raise ValidationError(_("A show lasts twelve hours at most."))
        return seconds

    def prepare_value(self, value: Any) -> Any:
        return clock(value) if isinstance(value, int) else value


def clock(seconds: int) -> str:
    """Seconds as `12:30` or `1:02:30`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


class DetailsForm(forms.Form):
    """What an event is and when. `time_zone` is the zone the wall time is meant in."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    holiday = forms.ChoiceField(label=gettext_lazy("Holiday"), required=False)
    day = forms.DateField(
        label=gettext_lazy("Date"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    at = forms.TimeField(
        label=gettext_lazy("Starts at"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=10, max_value=720)
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone of the show"))
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    summary = forms.CharField(
        label=gettext_lazy("Summary"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, brands: Iterable[Brand], today: date, event: Event | None = None, **kwargs: Any
    ) -> None:
        kwargs.update(PLAIN)
        if event is not None:
            kwargs.setdefault("initial", initial_of(event))
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["holiday"].choices = holiday_choices(today=today, keep=event.holiday if event else None)
        fields["time_zone"].choices = [(name, name.replace("_", " ")) for name in zone_names()]
        fields["currency"].choices = currency_choices(brands, keep=event.currency if event else "")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if {"day", "at", "minutes", "time_zone"} <= data.keys():
            try:
                starts_at = instant(datetime.combine(data["day"], data["at"]), data["time_zone"])
            except BadTime as error:
                self.add_error("at", str(error))
            else:
                data |= {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=data["minutes"])}
        return data

    def event_data(self) -> dict[str, Any]:
        """The event's fields as the domain takes them; makes the holiday's row when it is new."""
        data = self.cleaned_data
        day = day_of_token(data["holiday"])
        kept = ("title", "summary", "currency", "time_zone", "starts_at", "ends_at")
        row = day and occurrence_row(key=day.key, market=day.market, starts_on=day.starts_on)
        return {name: data[name] for name in kept} | {"holiday": row}


def initial_of(event: Event) -> dict[str, Any]:
    """An event as the form shows it: wall time in its own zone."""
    wall = event.starts_at.astimezone(ZoneInfo(event.time_zone))
    return {
        "title": event.title,
        "summary": event.summary,
        "holiday": token(event.holiday) if event.holiday else "",
        "day": wall.date(),
        "at": wall.time(),
        "minutes": (event.ends_at - event.starts_at) // timedelta(minutes=1),
        "time_zone": event.time_zone,
        "currency": event.currency,
        "version": event.version,
    }


class NewEventForm(DetailsForm):
    """The same for a new event, which also needs its brand."""

    brand = forms.ModelChoiceField(
        queryset=Brand.objects.none(), label=gettext_lazy("Brand"), to_field_name="slug", empty_label=None
    )
    field_order = ["brand"]

    def __init__(self, *args: Any, brands: QuerySet[Brand], **kwargs: Any) -> None:
        super().__init__(*args, brands=brands, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["brand"].queryset = brands


class HostShareForm(forms.Form):
    """One host and the share of the credit in percent; both blank is an unused row."""

    host = forms.ModelChoiceField(
        queryset=Host.objects.all(), label=gettext_lazy("Host"), required=False, empty_label="–"
    )
    share = forms.DecimalField(
        label=gettext_lazy("Share in percent"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(100),
        decimal_places=2,
        widget=forms.NumberInput({"inputmode": "decimal", "step": "0.01"}),
    )


class BaseHostShares(forms.BaseFormSet):
    """Rows of hosts. Shares all left blank mean equal parts."""

    def clean(self) -> None:
        if any(self.errors):
            return
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("host")]
        if len({row["share"] is None for row in rows}) > 1:
            raise ValidationError(_("Give every host a share, or leave all blank for equal parts."))
        try:
            if rows:
                check_shares(self.shares())
        except BadShares as error:
            raise ValidationError(str(error)) from error

    def shares(self) -> list[tuple[Host, int]]:
        """Hosts with basis points, in the order of the rows."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("host")]
        if all(row["share"] is None for row in rows):
            points = equal_shares(len(rows)) if rows else []
        else:
            points = [int(row["share"] * 100) for row in rows]
        return list(zip([row["host"] for row in rows], points, strict=True))


HostShares = forms.formset_factory(HostShareForm, formset=BaseHostShares, extra=2, max_num=8)


def host_shares(data: Any = None, *, event: Event | None = None) -> BaseHostShares:
    """The formset of `event`'s hosts, bound to `data` when given."""
    rows = event.event_hosts.all() if event else []
    initial = [{"host": row.host_id, "share": Decimal(row.share) / 100} for row in rows]
    return cast(BaseHostShares, HostShares(data, initial=initial, prefix="hosts", form_kwargs=PLAIN))


class LineupAddForm(forms.Form):
    """Put one more product into the run of show."""

    product = forms.ModelChoiceField(
        queryset=Product.objects.none(),
        label=gettext_lazy("Product"),
        to_field_name="public_id",
        empty_label=None,
    )
    planned_second = ClockField(
        label=gettext_lazy("At minute"), required=False, widget=forms.TextInput({"inputmode": "numeric"})
    )
    talking_points = forms.CharField(
        label=gettext_lazy("Talking points"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args: Any, products: QuerySet[Product], **kwargs: Any) -> None:
        super().__init__(*args, **(PLAIN | kwargs))
        fields: dict[str, Any] = self.fields
        fields["product"].queryset = products


class LineupItemForm(forms.Form):
    """When a piece is planned and what the host wants to say."""

    planned_second = ClockField(
        label=gettext_lazy("At minute"), widget=forms.TextInput({"inputmode": "numeric"})
    )
    talking_points = forms.CharField(
        label=gettext_lazy("Talking points"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 2}),
    )


class StaffForm(forms.Form):
    """Let a person with an account work on this one event."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of the account"))
    role = forms.ChoiceField(label=gettext_lazy("Works as"), choices=StaffRole.choices)

    def clean_email(self) -> User:
        user = User.objects.filter(email=self.cleaned_data["email"].lower(), is_active=True).first()
        if user is None:
            raise ValidationError(_("Nobody has an account with this address. Ask them to sign up first."))
        return user
