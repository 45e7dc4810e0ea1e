"""What one show wears: a few tokens of its own over those of the house."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.enums import Backdrop, TypeAccent
from events.models.event import Event


class EventLook(models.Model):
    """The look of a show. An empty colour is the one it has anyway; what may stand together is judged by
    `events.domain.looks`, the only place that writes here.
    """

    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="look")
    ground = models.CharField(_("colour of the ground"), max_length=7, blank=True)
    writing = models.CharField(_("colour of the writing"), max_length=7, blank=True)
    accent = models.CharField(_("colour of the accent"), max_length=7, blank=True)
    stage = models.CharField(_("ground of the stage"), max_length=7, blank=True)
    glow = models.CharField(_("accent on the stage"), max_length=7, blank=True)
    type_accent = models.CharField(
        _("type of the titles"), max_length=10, choices=TypeAccent.choices, default=TypeAccent.ROMAN
    )
    backdrop = models.CharField(
        _("pattern of the ground"), max_length=10, choices=Backdrop.choices, default=Backdrop.NONE
    )
    picture = models.JSONField(_("renditions of the picture on the poster"), default=list, blank=True)
    picture_alt = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["event"]
        verbose_name = _("look of a show")
        verbose_name_plural = _("looks of shows")

    def __str__(self) -> str:
        return str(self.event)
