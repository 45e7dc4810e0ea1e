"""The studio's forms. Times are typed on the show's own clock; money, times and shares leave here exact."""

from events.forms.choices import currency_choices, day_of_token, holiday_choices, token
from events.forms.clock import ClockField, clock
from events.forms.details import DetailsForm, initial_of
from events.forms.lineup import LineupAddForm, LineupItemForm, SegmentForm
from events.forms.people import BaseHostShares, HostShareForm, HostShares, StaffForm, host_shares
from events.forms.planning import NewEventForm, ReviewForm, SeriesForm, TaskForm

__all__ = [
    "BaseHostShares",
    "ClockField",
    "DetailsForm",
    "HostShareForm",
    "HostShares",
    "LineupAddForm",
    "LineupItemForm",
    "NewEventForm",
    "ReviewForm",
    "SegmentForm",
    "SeriesForm",
    "StaffForm",
    "TaskForm",
    "clock",
    "currency_choices",
    "day_of_token",
    "holiday_choices",
    "host_shares",
    "initial_of",
    "token",
]
