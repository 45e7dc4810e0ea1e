from importlib import import_module

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from config.checks import safe_installation


class ProjectConfig(AppConfig):
    name = "config"
    verbose_name = _("SeeNow")

    def ready(self) -> None:
        import_module("config.schema")  # its classes register themselves
        register(safe_installation, Tags.security)
