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


class Muted(RoomError):
    code = "muted"
    status = 403
    message = _("A moderator asked you to pause. You may write again in a moment.")


class Banned(RoomError):
    code = "banned"
    status = 403
    message = _("You may not write in this room.")


class SignInFirst(RoomError):
    code = "sign_in_first"
    status = 403
    message = _("Sign in to write from here.")


class SlowMode(RoomError):
    code = "slow_mode"
    status = 429
    message = _("Slow mode is on. Wait a moment between two lines.")


class FollowersOnly(RoomError):
    code = "followers_only"
    status = 403
    message = _("Only people who follow a host of the show may write right now.")


class BuyersOnly(RoomError):
    code = "buyers_only"
    status = 403
    message = _("Only people who bought here may write right now.")


class BlockedWords(RoomError):
    code = "blocked_words"
    status = 400
    message = _("There is a word in it that this room does not want. Say it in another way.")


class NoLinks(RoomError):
    code = "no_links"
    status = 400
    message = _("Links are for hosts and staff. Say it without the address.")


class Repeated(RoomError):
    code = "repeated"
    status = 429
    message = _("You said this a moment ago.")


class NameReserved(RoomError):
    code = "name_reserved"
    status = 403
    message = _("Your name could be mistaken for staff or a brand. Choose another.")


class NotOnStaff(RoomError):
    code = "not_on_staff"
    status = 403
    message = _("This person works here. Moderation does not touch them.")


class NotUndoable(RoomError):
    code = "not_undoable"
    message = _("This can no longer be undone.")


class NotWaiting(RoomError):
    code = "not_waiting"
    message = _("Somebody else decided about this line already.")


class QuestionTooLong(RoomError):
    code = "too_long"
    status = 400
    message = _("Keep it under 300 characters.")


class TooManyQuestions(RoomError):
    code = "too_many_questions"
    status = 429
    message = _("Three of your questions wait for an answer. Raise another one, or wait for yours.")


class QuestionGone(RoomError):
    code = "question_gone"
    message = _("This question was taken away.")


class AlreadyAnswered(RoomError):
    code = "already_answered"
    message = _("This question was answered; the answer stands under it.")


class NotAnswered(RoomError):
    code = "not_answered"
    message = _("This question has no answer yet.")


class NothingShown(RoomError):
    code = "nothing_shown"
    message = _("The show has not begun. Nothing was claimed in it yet.")


class ClaimDecided(RoomError):
    code = "claim_decided"
    message = _("Your report was decided about. Write to the brand if you know more.")


class TooManyClaims(RoomError):
    code = "too_many_claims"
    status = 429
    message = _("You reported five claims within the hour. Come back later.")


class NoteNeeded(RoomError):
    code = "note_needed"
    status = 400
    message = _("Say in a few words why you decide so.")


class NotInRehearsal(RoomError):
    code = "not_in_rehearsal"
    message = _("Start the rehearsal first. The crowd stays away from shows that are on.")


class BadCrowd(RoomError):
    code = "bad_crowd"
    status = 400
    message = _("Send 1 to 60 people for 1 to 15 minutes.")


class CrowdBusy(RoomError):
    code = "crowd_busy"
    message = _("The crowd is in a rehearsal already. Call it back, or wait until it leaves.")


class BadPoll(RoomError):
    code = "bad_poll"
    status = 400
    message = _("Ask in up to 140 characters and give two to six different answers of up to 60.")


class PollOpen(RoomError):
    code = "poll_open"
    message = _("A poll is open already. Close it first.")


class PollClosed(RoomError):
    code = "poll_closed"
    message = _("This poll is over.")


class BadOption(RoomError):
    code = "bad_option"
    status = 400
    message = _("The poll has no such answer.")


class AlreadyVoted(RoomError):
    """`option` is the vote that counts."""

    code = "already_voted"
    message = _("You have voted. The first choice counts.")

    def __init__(self, option: int) -> None:
        super().__init__()
        self.option = option
