from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self) -> None:
        # Models are loaded only from here on.
        from accounts.signals import guest_signed_in, names_claimed  # noqa: PLC0415
        from events import receivers  # noqa: PLC0415
        from events.signals import event_moved, event_state_changed  # noqa: PLC0415

        names_claimed.connect(receivers.on_names_claimed, dispatch_uid="events.names_claimed")
        guest_signed_in.connect(receivers.on_guest_signed_in, dispatch_uid="events.guest_signed_in")
        event_moved.connect(receivers.on_event_moved, dispatch_uid="events.event_moved")
        event_state_changed.connect(receivers.on_event_state, dispatch_uid="events.event_state")
