"""The room and its log: the record everything on screen is computed from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id

# Ten minutes: slower than that is closing the chat by another name.
MOST_SLOW_SECONDS = 600


class Writers(models.TextChoices):
    """Whom the room lets write."""

    EVERYONE = "everyone", _("Everyone")
    FOLLOWERS = "followers", _("People who follow a host")
    BUYERS = "buyers", _("People who bought here")


class Room(models.Model):
    """The live room of one event. `(epoch, head)` is where its log stands."""

    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="+")
    epoch = models.CharField(max_length=32, default=new_public_id)
    head = models.BigIntegerField(default=0)
    chat_needs_account = models.BooleanField(_("only people with an account may write"), default=False)
    writers = models.CharField(
        _("who may write"), max_length=9, choices=Writers.choices, default=Writers.EVERYONE
    )
    slow_seconds = models.PositiveIntegerField(_("seconds between two lines of one person"), default=0)
    review = models.BooleanField(_("lines wait for a moderator"), default=False)
    peak_viewers = models.PositiveIntegerField(_("most viewers at once while live"), default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(slow_seconds__lte=MOST_SLOW_SECONDS), name="room_slow_mode_bounded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} @ {self.head}"


class RoomFrame(models.Model):
    """One sequenced frame, written in the transaction of the fact it tells."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="frames")
    epoch = models.CharField(max_length=32)
    seq = models.BigIntegerField()
    type = models.CharField(max_length=32)
    body = models.JSONField()
    only_for = models.CharField(
        _("viewer key of the one person who sees it; to others it is a place without content"),
        max_length=80,
        blank=True,
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["room", "epoch", "seq"]
        verbose_name = _("frame")
        verbose_name_plural = _("room log")
        constraints = [
            models.UniqueConstraint(fields=["room", "epoch", "seq"], name="frame_seq_once"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id}:{self.seq} {self.type}"


class RoomTicket(models.Model):
    """A one-time pass into the room: 30 seconds, one use, bound to the browser session that asked."""

    token_hash = models.CharField(max_length=64, unique=True)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, null=True, related_name="+")
    viewer_key = models.CharField(max_length=80)
    session_hash = models.CharField(_("SHA-256 of the session key"), max_length=64)
    rehearsal = models.BooleanField(_("issued to the rehearsal crowd"), default=False)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("room ticket")
        verbose_name_plural = _("room tickets")

    def __str__(self) -> str:
        return f"{self.room_id} until {self.expires_at:%H:%M:%S}"


class RoomPresence(models.Model):
    """Viewers one server process holds in one room; rows older than 15 s count for nothing."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    process = models.CharField(max_length=32)
    viewers = models.PositiveIntegerField(default=0)
    rehearsal_crowd = models.PositiveIntegerField(default=0)
    report = models.JSONField(_("who is here and how far behind their picture is"), default=dict)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("presence")
        verbose_name_plural = _("presence")
        constraints = [models.UniqueConstraint(fields=["room", "process"], name="presence_per_process")]

    def __str__(self) -> str:
        return f"{self.room_id} {self.process}: {self.viewers}"


class ShelfNote(models.Model):
    """What open rooms must still be told: a variant's price or stock changed. Written with the change.

    The room log is one queue per room. Telling it inside a checkout would hold that queue until the checkout
    commits and let two checkouts wait for each other, so the change leaves a note and the note becomes a
    frame in a transaction of its own, at once after the commit or by the next poll.
    """

    class Kind(models.TextChoices):
        STOCK = "stock", _("Stock")
        PRICE = "price", _("Price")

    kind = models.CharField(max_length=5, choices=Kind.choices)
    variant = models.ForeignKey("catalog.Variant", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("shelf note")
        verbose_name_plural = _("shelf notes")

    def __str__(self) -> str:
        return f"{self.kind} {self.variant_id}"
