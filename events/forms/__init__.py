"""The studio's forms. Times are typed on the show's own clock; money, times and shares leave here exact."""

from events.forms.choices import currency_choices, day_of_token, holiday_choices, token
from events.forms.clock import ClockField, clock
from events.forms.details import DetailsForm, NewEventForm, initial_of
from events.forms.lineup import LineupAddForm, LineupItemForm
from events.forms.people import BaseHostShares, HostShareForm, HostShares, StaffForm, host_shares

__all__ = [
    "BaseHostShares",
    "ClockField",
    "DetailsForm",
    "HostShareForm",
    "HostShares",
    "LineupAddForm",
    "LineupItemForm",
    "NewEventForm",
    "StaffForm",
    "clock",
    "currency_choices",
    "day_of_token",
    "holiday_choices",
    "host_shares",
    "initial_of",
    "token",
]
