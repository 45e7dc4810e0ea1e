"""The back office of events: shows, hosts and days, and what is planned around them."""

from events.admin import hosting, planning, shows, viewing

__all__ = ["hosting", "planning", "shows", "viewing"]
