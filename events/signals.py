"""What events tell the apps above them. Sent inside the transaction that made the change."""

from django.dispatch import Signal

# Arguments: event: Event, before: str, after: str (EventState values), now: datetime.
event_state_changed = Signal()

# Arguments: event: Event, before: str, after: str (StreamState values), now: datetime.
stream_state_changed = Signal()

# Arguments: event: Event, now: datetime. The line-up, its order or its hosts were edited.
lineup_changed = Signal()
