"""What the room's API takes and gives."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from livechat.domain.blocklist import LANGUAGES
from livechat.domain.sanctions import BRAND, EVENT, TIMEOUTS
from livechat.models import MOST_SLOW_SECONDS, BlockedTerm, SanctionKind, Writers

BLOCKLIST_LANGUAGES = [(code, code) for code in LANGUAGES]


class TicketOut(serializers.Serializer[Any]):
    ticket = serializers.CharField(
        help_text="Good for 30 seconds and one connection of this browser session."
    )
    expires_in = serializers.IntegerField(help_text="Seconds.")


class PinIn(serializers.Serializer[Any]):
    item = serializers.CharField(max_length=32, help_text="Id of a line-up item of this event.")


class PinOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    item = serializers.CharField()
    product = serializers.CharField()
    host = serializers.CharField(allow_null=True)
    slot = serializers.IntegerField()
    at = serializers.IntegerField(help_text="Milliseconds UTC.")


class TouchIn(serializers.Serializer[Any]):
    product = serializers.CharField(max_length=32)


class TouchOut(serializers.Serializer[Any]):
    touch = serializers.CharField(help_text="Signed; travels with the bag line.")


class NameIn(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=80, trim_whitespace=True)


class NameOut(serializers.Serializer[Any]):
    name = serializers.CharField()


class RoomSettingsIn(serializers.Serializer[Any]):
    """Any subset; what is left out stays as it is."""

    chat_needs_account = serializers.BooleanField(required=False)
    writers = serializers.ChoiceField(Writers.choices, required=False)
    slow_seconds = serializers.IntegerField(
        min_value=0, max_value=MOST_SLOW_SECONDS, required=False, help_text="0: as fast as they like."
    )
    review = serializers.BooleanField(required=False, help_text="Lines wait for a moderator.")


class ReasonIn(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class DecideIn(ReasonIn):
    approve = serializers.BooleanField()


class SanctionIn(ReasonIn):
    kind = serializers.ChoiceField(SanctionKind.choices)
    seconds = serializers.ChoiceField(
        [(seconds, str(seconds)) for seconds in TIMEOUTS], required=False, help_text="For timeouts only."
    )
    scope = serializers.ChoiceField([EVENT, BRAND], default=EVENT)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("seconds" in attrs) is not (attrs["kind"] == SanctionKind.TIMEOUT):
            raise serializers.ValidationError({"seconds": [_("A timeout has a length, nothing else has.")]})
        return attrs


class NoticeIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=200)


class BlockedTermIn(serializers.Serializer[Any]):
    language = serializers.ChoiceField(BLOCKLIST_LANGUAGES)
    term = serializers.CharField(max_length=60)
    effect = serializers.ChoiceField(BlockedTerm.Effect.choices, default=BlockedTerm.Effect.REFUSE)


class StarterIn(serializers.Serializer[Any]):
    language = serializers.ChoiceField(BLOCKLIST_LANGUAGES)


class Act(serializers.Serializer[Any]):
    """One act of moderation."""

    id = serializers.CharField()
    verb = serializers.CharField()
    label = serializers.CharField(help_text="The verb in words of the reader's language.")  # type: ignore[assignment]  # a field of ours, not DRF's
    actor = serializers.CharField()
    by_room = serializers.BooleanField(help_text="Done by the room itself, as when it stops a flood.")
    name = serializers.CharField(help_text="Whom it was about.")
    reason = serializers.CharField()
    message = serializers.CharField(allow_null=True)
    text = serializers.CharField(help_text="The words of the line, for moderators.")
    sanction = serializers.CharField(allow_null=True)
    detail = serializers.DictField()
    at = serializers.IntegerField(help_text="Milliseconds UTC.")
    undone_at = serializers.IntegerField(allow_null=True)
    undone_by = serializers.CharField()
    may_undo = serializers.BooleanField(help_text="Whether the reader may undo it.")


class Done(serializers.Serializer[Any]):
    """What was done; `act` is null when there was nothing to do."""

    act = Act(allow_null=True)


class StarterDone(Done):
    added = serializers.IntegerField(help_text="Words that were not on the list before.")


class WaitingLine(serializers.Serializer[Any]):
    id = serializers.CharField()
    name = serializers.CharField()
    author = serializers.CharField()
    text = serializers.CharField()
    reason = serializers.CharField(help_text="review, flood, blocked_words or evasion.")
    at = serializers.IntegerField()


class SanctionOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    kind = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of ours, not DRF's
    scope = serializers.CharField()
    author = serializers.CharField()
    name = serializers.CharField()
    reason = serializers.CharField()
    by = serializers.CharField()
    at = serializers.IntegerField()
    until = serializers.IntegerField(allow_null=True)
    may_lift = serializers.BooleanField()


class AuthorLine(serializers.Serializer[Any]):
    id = serializers.CharField()
    text = serializers.CharField()
    at = serializers.IntegerField()
    state = serializers.CharField()
    deleted = serializers.BooleanField()


class Author(serializers.Serializer[Any]):
    """One person as moderators of this room see them."""

    author = serializers.CharField()
    name = serializers.CharField()
    signed_in = serializers.BooleanField()
    staff = serializers.BooleanField(help_text="Works here: nobody moderates them.")
    lines = AuthorLine(many=True)
    sanctions = SanctionOut(many=True)
    acts = Act(many=True)


class BlockedTermOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    language = serializers.CharField()
    term = serializers.CharField()
    effect = serializers.CharField()


class RoomSnapshot(serializers.Serializer[Any]):
    """The whole room; frames from `head` on lead to a later snapshot. See docs/protocol.md."""

    epoch = serializers.CharField()
    head = serializers.IntegerField()
    now = serializers.IntegerField(help_text="Milliseconds UTC.")
    event = serializers.DictField()
    pins = PinOut(many=True)
    products = serializers.DictField()
    lineup = serializers.ListField()
    chat = serializers.ListField()
    presence = serializers.DictField()
    settings = RoomSettingsIn()


class QuestionIn(serializers.Serializer[Any]):
    id = serializers.CharField(max_length=40, help_text="The sender's own: the same twice is one question.")
    product = serializers.CharField(max_length=32, help_text="Id of a product of the line-up.")
    text = serializers.CharField(max_length=2048)


class VerdictIn(serializers.Serializer[Any]):
    helpful = serializers.BooleanField()


class VerdictOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    yes = serializers.IntegerField(help_text="How many say that the answer helped.")
    no = serializers.IntegerField()
    mine = serializers.BooleanField(allow_null=True, help_text="What this viewer said last.")


class ClaimIn(serializers.Serializer[Any]):
    host = serializers.SlugField(max_length=60, help_text="Who claimed it.")
    product = serializers.CharField(max_length=32, help_text="Id of the piece it was about.")
    question = serializers.CharField(
        max_length=32, required=False, default="", allow_blank=True, help_text="Id of the answered question."
    )
    text = serializers.CharField(max_length=2000, help_text="What was not right, up to 500 characters.")


class ClaimOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    state = serializers.CharField(help_text="open, upheld or dismissed.")


class AnswerIn(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=2048)


class QuestionVotesOut(serializers.Serializer[Any]):
    id = serializers.CharField()
    votes = serializers.IntegerField(help_text="People who want the answer, the asker among them.")


class AnswerOut(serializers.Serializer[Any]):
    text = serializers.CharField()
    name = serializers.CharField()
    badge = serializers.CharField(help_text="host, staff, moderator or care.")


class QuestionOut(QuestionVotesOut):
    product = serializers.CharField()
    name = serializers.CharField()
    author = serializers.CharField()
    text = serializers.CharField()
    rehearsal = serializers.BooleanField()
    at = serializers.IntegerField(help_text="Milliseconds UTC.")
    state = serializers.ChoiceField(["open", "answered", "held"])
    answer = AnswerOut(allow_null=True)
    on_air = serializers.IntegerField(allow_null=True, help_text="Milliseconds UTC.")
    piece = serializers.CharField(required=False, help_text="The product's name; in lists.")
    mine = serializers.BooleanField()
    raised = serializers.BooleanField()
    helped = serializers.BooleanField(allow_null=True, help_text="What one said of the answer.")


class TalkMinute(serializers.Serializer[Any]):
    at = serializers.IntegerField(help_text="Milliseconds UTC.")
    product = serializers.IntegerField()
    fan = serializers.IntegerField()
    crowd_product = serializers.IntegerField(help_text="Of the rehearsal crowd, counted nowhere else.")
    crowd_fan = serializers.IntegerField()


class TalkOut(serializers.Serializer[Any]):
    """The last sixty minutes; lines of people at work are left out."""

    minutes = TalkMinute(many=True)
    product = serializers.IntegerField()
    fan = serializers.IntegerField()
    crowd_product = serializers.IntegerField()
    crowd_fan = serializers.IntegerField()
