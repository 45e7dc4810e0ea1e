"""The accounts of the demonstration, and the switch that makes them enterable by one click."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "see-now-demo-2026"  # noqa: S105 - printed on the demo's own page; refused outside it


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One person of the demo. `role` is the word in the address; without one there is no button."""

    email: str
    name: str
    role: str = ""
    label: str | Promise = ""
    does: str | Promise = ""
    lands: str = "/"
    language: str = "en"
    time_zone: str = "Europe/Paris"
    superuser: bool = False


ACCOUNTS = (
    DemoAccount(
        "viewer@demo.example",
        "Inès Roussel",
        "viewer",
        _("Viewer"),
        _("Watches, chats and buys."),
    ),
    DemoAccount(
        "host@demo.example",
        "Camille Aubry",
        "host",
        _("Host"),
        _("Goes live and pins pieces."),
        "/host/",
    ),
    DemoAccount(
        "producer@demo.example",
        "Marek Nowak",
        "producer",
        _("Brand staff"),
        _("Plans events, line-ups and orders."),
        "/studio/",
    ),
    DemoAccount(
        "moderator@demo.example",
        "Ada Eze",
        "moderator",
        _("Moderator"),
        _("Keeps the chat calm."),
    ),
    DemoAccount(
        "agent@demo.example",
        "Tom Okafor",
        "agent",
        _("Care agent"),
        _("Helps with orders and refunds."),
        "/studio/orders/",
    ),
    DemoAccount(
        "merchandiser@demo.example",
        "Rosa Vidal",
        "merchandiser",
        _("Merchandiser"),
        _("Looks after pieces, prices and stock."),
        "/studio/",
    ),
    DemoAccount(
        "admin@demo.example",
        "Noor Haddad",
        "admin",
        _("Administrator"),
        _("Sees every table."),
        "/admin/",
        superuser=True,
    ),
    DemoAccount("host2@demo.example", "Hana Mori", time_zone="Asia/Tokyo"),
    DemoAccount("host3@demo.example", "Oliver Thorne", time_zone="Europe/London"),
    DemoAccount("host4@demo.example", "Lin Yue", language="zh-hans", time_zone="Asia/Shanghai"),
    DemoAccount("host5@demo.example", "Samira El Idrissi", time_zone="Africa/Casablanca"),
    DemoAccount("host6@demo.example", "Priya Nair", time_zone="Asia/Kolkata"),
    DemoAccount("host7@demo.example", "Margarethe Voss", time_zone="Europe/Berlin"),
    DemoAccount("host8@demo.example", "Shen Bo", language="zh-hans", time_zone="Asia/Shanghai"),
    DemoAccount("host9@demo.example", "Ailsa Drummond", time_zone="Europe/London"),
    DemoAccount("host10@demo.example", "Mei Tanaka", time_zone="Asia/Tokyo"),
)
BY_ROLE = {account.role: account for account in ACCOUNTS if account.role}


def demo_enabled() -> bool:
    """Whether one-click sign-in exists here. Never in production, whatever SEENOW_DEMO says."""
    return bool(settings.DEMO) and not settings.PRODUCTION
