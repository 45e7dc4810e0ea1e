"""Products, their variants, prices and pictures."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from catalog.enums import ProductState
from catalog.models.brand import Brand
from catalog.money import Money


class ProductQuerySet(models.QuerySet["Product"]):
    def on_sale(self) -> "ProductQuerySet":
        return self.filter(state=ProductState.ACTIVE)


class Product(models.Model):
    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="products")
    name = models.CharField(max_length=120)
    subtitle = models.CharField(max_length=160, blank=True)
    story = models.TextField(blank=True)
    details = models.JSONField(_("facts: label and value pairs"), default=list, blank=True)
    category = models.CharField(max_length=40)
    model = models.CharField(_("file of its model in 3D"), max_length=120, blank=True, editable=False)
    edition_size = models.PositiveIntegerField(_("pieces in a numbered edition"), null=True, blank=True)
    available_from = models.DateTimeField(_("sold from"), null=True, blank=True)
    available_until = models.DateTimeField(_("sold until"), null=True, blank=True)
    max_per_order = models.PositiveSmallIntegerField(default=3)
    state = models.CharField(max_length=10, choices=ProductState.choices, default=ProductState.DRAFT)

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("product")
        verbose_name_plural = _("products")

    def __str__(self) -> str:
        return self.name

    def opens_after(self, now: datetime) -> bool:
        """Whether the piece is not sold yet at `now`."""
        return self.available_from is not None and now < self.available_from

    def closed_by(self, now: datetime) -> bool:
        """Whether the last moment of its sale has passed at `now`."""
        return self.available_until is not None and now >= self.available_until


class Variant(models.Model):
    """What is bought: one SKU, with the options that tell it apart."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    sku = models.CharField(max_length=40, unique=True)
    options = models.JSONField(_("option name to value"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["product", "position", "pk"]
        verbose_name = _("variant")
        verbose_name_plural = _("variants")

    def __str__(self) -> str:
        return f"{self.product} {self.label}".strip()

    @property
    def label(self) -> str:
        """The option values as one line, e.g. `Ink, 38`; empty for a one-variant product."""
        return ", ".join(str(value) for value in self.options.values())


class Price(models.Model):
    """What one piece costs in one currency, tax included, in minor units."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="prices")
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()

    class Meta:
        ordering = ["variant", "currency"]
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        constraints = [
            models.UniqueConstraint(fields=["variant", "currency"], name="price_one_per_currency"),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="price_not_negative"),
        ]

    def __str__(self) -> str:
        return self.money.format()

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


class ProductImage(models.Model):
    """A picture and its renditions: `[{"format": "avif", "width": 640, "height": 800, "path": "…"}]`."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="images")
    position = models.PositiveSmallIntegerField(default=0)
    alt = models.CharField(max_length=160, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    colour = models.CharField(_("ground shown while loading"), max_length=7, default="#E9E3D8")
    renditions = models.JSONField(default=list)

    class Meta:
        ordering = ["product", "position", "pk"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.alt or self.public_id
