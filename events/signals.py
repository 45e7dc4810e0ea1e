"""What events tell the apps above them. Sent inside the transaction that made the change."""

from django.dispatch import Signal

# Arguments: event: Event, before: str, after: str (EventState values), now: datetime.
event_state_changed = Signal()

# Arguments: event: Event, before: str, after: str (StreamState values), now: datetime.
stream_state_changed = Signal()

# Arguments: event: Event, now: datetime. The line-up, its order or its hosts were edited.
lineup_changed = Signal()

# Arguments: event: Event, now: datetime. The segments were planned anew, or one began or ended.
programme_changed = Signal()

# Arguments: event: Event, before: datetime, now: datetime. A show that is no draft begins at another time.
event_moved = Signal()

# Asked with `host`: Host. Receivers return rows of (product category, questions answered in it).
answers_asked = Signal()
