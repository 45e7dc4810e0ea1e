"""What the room refuses, told to people by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class RoomError(Exception):
    """Something the room does not do. `code` is stable, `message` says what to do, `status` is HTTP's."""

    code = "room_error"
    status = 409
    message: str | Promise = _("This is not possible right now.")

    def __str__(self) -> str:
        return str(self.message)


class NotOpen(RoomError):
    code = "room_closed"
    message = _("The room is not open.")


class NotAllowed(RoomError):
    code = "forbidden"
    status = 403
    message = _("Your role does not allow this.")


class NotInLineup(RoomError):
    code = "not_in_lineup"
    status = 404
    message = _("This piece is not in the line-up of the show.")


class NotHostOfEvent(RoomError):
    code = "not_host_of_event"
    status = 403
    message = _("This host does not belong to the show.")


class NameNeeded(RoomError):
    code = "name_needed"
    status = 403
    message = _("Choose a name before you write.")


class AccountNeeded(RoomError):
    code = "account_needed"
    status = 403
    message = _("Sign in to write in this room.")


class NothingVisible(RoomError):
    code = "nothing_visible"
    status = 400
    message = _("Write something that can be read.")


class TooLong(RoomError):
    code = "too_long"
    status = 400
    message = _("Keep it under 500 characters.")


class TooFast(RoomError):
    code = "too_fast"
    status = 429
    message = _("You write faster than people read. Wait a moment.")
