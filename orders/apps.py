from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from orders import receivers  # noqa: PLC0415 - models exist only now
        from orders.domain.providers import register_providers  # noqa: PLC0415 - models exist only now

        receivers.connect()
        register_providers()
