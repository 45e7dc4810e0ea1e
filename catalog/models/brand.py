"""The brand: the tenant every product, event and order belongs to."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from accounts.enums import Role


class Brand(models.Model):
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    tagline = models.CharField(max_length=140, blank=True)
    story = models.TextField(blank=True)
    country = models.CharField(_("ISO 3166 country"), max_length=2)
    ink = models.CharField(_("brand colour"), max_length=7, default="#17130F")
    legal_name = models.CharField(_("seller on the receipt"), max_length=120, blank=True)
    needs_review = models.BooleanField(_("a second person approves every show"), default=False)
    rivals = models.ManyToManyField("self", symmetrical=False, related_name="+", blank=True)
    care_email = models.EmailField(_("customer care"), blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("brand")
        verbose_name_plural = _("brands")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person at one brand; a person may hold several."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role.choices)

    class Meta:
        ordering = ["brand", "role"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["user", "brand", "role"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.brand}"
