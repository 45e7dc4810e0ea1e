from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        # Models are loaded only from here on.
        from accounts.signals import names_claimed  # noqa: PLC0415
        from catalog import receivers  # noqa: PLC0415

        names_claimed.connect(receivers.on_names_claimed, dispatch_uid="catalog.names_claimed")
