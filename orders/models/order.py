"""Orders and their lines: snapshots of what was agreed, in minor units."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.codes import new_public_id
from catalog.money import Money
from orders.enums import CloseReason, Delivery, OrderState


class Order(models.Model):
    """One purchase from one brand. `state` changes only in `orders.domain`."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    brand = models.ForeignKey("catalog.Brand", on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    holder = models.CharField(max_length=64)
    state = models.CharField(
        max_length=10, choices=OrderState.choices, default=OrderState.OPEN, editable=False
    )
    email = models.EmailField()
    name = models.CharField(max_length=80)
    street = models.CharField(max_length=160)
    city = models.CharField(max_length=80)
    postcode = models.CharField(max_length=16, blank=True)
    country = models.CharField(max_length=2)
    phone = models.CharField(max_length=24, blank=True)
    delivery = models.CharField(
        _("delivery method"), max_length=20, choices=Delivery.choices, default=Delivery.STANDARD
    )
    language = models.CharField(max_length=10, default="en")
    currency = models.CharField(max_length=3)
    lines_amount = models.BigIntegerField()
    delivery_amount = models.BigIntegerField(default=0)
    total_amount = models.BigIntegerField()
    rehearsal = models.BooleanField(_("bought by the rehearsal crowd"), default=False)
    placed_at = models.DateTimeField()
    pay_until = models.DateTimeField()
    paid_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(
        max_length=10, choices=CloseReason.choices, blank=True, default="", editable=False
    )
    key = models.CharField(
        _("digest of the request that placed it"), max_length=64, unique=True, null=True, editable=False
    )
    origin = models.CharField(_("scheme and host it was placed on"), max_length=200, blank=True)

    class Meta:
        ordering = ["-placed_at", "-pk"]
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [
            models.CheckConstraint(
                condition=Q(total_amount=F("lines_amount") + F("delivery_amount")), name="order_adds_up"
            ),
            models.CheckConstraint(condition=Q(total_amount__gte=0), name="order_not_negative"),
        ]
        indexes = [models.Index(fields=["pay_until"], condition=Q(state="open"), name="order_due")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def total(self) -> Money:
        return Money(self.total_amount, self.currency)

    @property
    def goods(self) -> Money:
        return Money(self.lines_amount, self.currency)

    @property
    def carriage(self) -> Money:
        return Money(self.delivery_amount, self.currency)


class OrderLine(models.Model):
    """What was bought, as it was called and priced at that moment."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id, editable=False)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey("catalog.Variant", on_delete=models.PROTECT, related_name="+")
    hold = models.ForeignKey("catalog.Hold", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=160)
    sku = models.CharField(max_length=40)
    options = models.CharField(max_length=160, blank=True)
    quantity = models.PositiveIntegerField()
    unit_amount = models.BigIntegerField()
    amount = models.BigIntegerField()
    returned = models.PositiveIntegerField(_("pieces refunded"), default=0)
    touch_token = models.CharField(max_length=400, blank=True)
    touched_as = models.CharField(
        _("the viewer key of the touch, when the buyer signed in after it"), max_length=64, blank=True
    )

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_line_of_something"),
            models.CheckConstraint(
                condition=Q(amount=F("unit_amount") * F("quantity")), name="order_line_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(returned__lte=F("quantity")), name="order_line_returns_at_most_bought"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.name}"

    @property
    def unit(self) -> Money:
        return Money(self.unit_amount, self.order.currency)

    @property
    def sum(self) -> Money:
        return Money(self.amount, self.order.currency)

    @property
    def kept(self) -> int:
        """Pieces not refunded."""
        return self.quantity - self.returned
