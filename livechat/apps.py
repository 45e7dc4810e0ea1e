from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LivechatConfig(AppConfig):
    name = "livechat"
    verbose_name = _("Live room")

    def ready(self) -> None:
        # Models are loaded only from here on.
        from accounts.signals import access_revoked, guest_signed_in  # noqa: PLC0415
        from catalog.signals import price_changed, stock_changed  # noqa: PLC0415
        from events.signals import (  # noqa: PLC0415
            answers_asked,
            event_state_changed,
            lineup_changed,
            programme_changed,
            stream_state_changed,
        )
        from livechat import receivers  # noqa: PLC0415

        event_state_changed.connect(receivers.on_event_state, dispatch_uid="livechat.event_state")
        stream_state_changed.connect(receivers.on_stream_state, dispatch_uid="livechat.stream_state")
        answers_asked.connect(receivers.on_answers_asked, dispatch_uid="livechat.answers_asked")
        lineup_changed.connect(receivers.on_lineup, dispatch_uid="livechat.lineup")
        programme_changed.connect(receivers.on_programme, dispatch_uid="livechat.programme")
        stock_changed.connect(receivers.on_stock, dispatch_uid="livechat.stock")
        price_changed.connect(receivers.on_price, dispatch_uid="livechat.price")
        guest_signed_in.connect(receivers.on_guest_signed_in, dispatch_uid="livechat.guest_signed_in")
        access_revoked.connect(receivers.on_access_revoked, dispatch_uid="livechat.access_revoked")
