"""What the API takes and gives. Amounts are integers of minor units beside an ISO 4217 code."""

from django.db.models import Prefetch
from django_countries import countries
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from orders.domain.checkout import Contact
from orders.domain.editions import Numbered, numbered, numbers_of_lines
from orders.enums import Delivery, PaymentMethod
from orders.forms import CONTACT_FIELDS
from orders.models import Order, OrderLine, Payment, Refund


class MoneyOut(serializers.Serializer):
    amount = serializers.IntegerField()
    currency = serializers.CharField()


class PieceIn(serializers.Serializer):
    """A piece by its variant, with the signed touch it comes from."""

    variant = serializers.CharField(max_length=32)
    quantity = serializers.IntegerField(min_value=1, max_value=1_000, default=1)
    touch = serializers.CharField(max_length=400, required=False, allow_blank=True, default="")


class QuantityIn(serializers.Serializer):
    quantity = serializers.IntegerField(min_value=0, max_value=1_000)
    currency = serializers.CharField(max_length=3)


class ContactIn(serializers.Serializer):
    email = serializers.EmailField(max_length=254)
    name = serializers.CharField(max_length=80)
    street = serializers.CharField(max_length=160)
    postcode = serializers.CharField(max_length=16, required=False, allow_blank=True, default="")
    city = serializers.CharField(max_length=80)
    country = serializers.ChoiceField(choices=[c.code for c in countries])
    phone = serializers.CharField(max_length=24, required=False, allow_blank=True, default="")

    def contact(self, given: dict[str, str]) -> Contact:
        """The validated contact."""
        return Contact(**{name: given[name] for name in CONTACT_FIELDS})


class PayIn(serializers.Serializer):
    """`scenario` asks the sandbox for an answer; other providers ignore it."""

    method = serializers.ChoiceField(choices=PaymentMethod.choices)
    scenario = serializers.CharField(max_length=24, required=False, allow_blank=True, default="")


class CheckoutIn(PayIn):
    """Pieces of one brand. `agreed` is the total the buyer was shown: compared, never charged."""

    pieces = serializers.ListField(child=PieceIn(), min_length=1, max_length=50)
    contact = ContactIn()
    delivery = serializers.ChoiceField(choices=Delivery.choices, default=Delivery.STANDARD)
    agreed = serializers.IntegerField(min_value=0)


class RefundPieceIn(serializers.Serializer):
    line = serializers.CharField(max_length=32)
    quantity = serializers.IntegerField(min_value=1, max_value=1_000)


class RefundIn(serializers.Serializer):
    """Without `pieces`, everything that is left goes back, delivery included."""

    reason = serializers.CharField(max_length=200)
    pieces = serializers.ListField(child=RefundPieceIn(), required=False, max_length=50)
    delivery = serializers.BooleanField(default=False)


class HoldOut(serializers.Serializer):
    variant = serializers.CharField()
    quantity = serializers.IntegerField()
    until = serializers.DateTimeField()


class BagPieceOut(serializers.Serializer):
    variant = serializers.CharField(source="variant.public_id")
    sku = serializers.CharField(source="variant.sku")
    name = serializers.CharField(source="variant.product.name")
    options = serializers.CharField(source="variant.label")
    quantity = serializers.IntegerField()
    unit = MoneyOut()
    sum = MoneyOut()
    free = serializers.IntegerField()


class ParcelOut(serializers.Serializer):
    """What one brand sends in one currency; one checkout."""

    brand = serializers.CharField(source="brand.slug")
    brand_name = serializers.CharField(source="brand.name")
    currency = serializers.CharField()
    goods = MoneyOut()
    pieces = BagPieceOut(many=True)


class BagOut(serializers.Serializer):
    count = serializers.IntegerField()
    parcels = ParcelOut(many=True)


class PaymentOut(serializers.ModelSerializer[Payment]):
    id = serializers.CharField(source="public_id")

    class Meta:
        model = Payment
        fields = ("id", "method", "state", "amount", "refunded", "currency", "action", "decline_code")


class NumberedOut(serializers.Serializer):
    """A piece of a numbered edition; `text` is `No. 7 of 50` in the caller's language."""

    number = serializers.IntegerField()
    size = serializers.IntegerField()
    text = serializers.SerializerMethodField()

    def get_text(self, piece: Numbered) -> str:
        return str(piece)


class LineOut(serializers.ModelSerializer[OrderLine]):
    id = serializers.CharField(source="public_id")
    numbers = serializers.SerializerMethodField()

    class Meta:
        model = OrderLine
        fields = ("id", "name", "sku", "options", "quantity", "returned", "numbers", "unit_amount", "amount")

    @extend_schema_field(NumberedOut(many=True))
    def get_numbers(self, line: OrderLine) -> list[dict[str, object]]:
        return [dict(NumberedOut(piece).data) for piece in numbered(line)]


def lines_with_numbers() -> Prefetch:
    """What `OrderOut` shows of an order's lines, for `prefetch_related`."""
    return Prefetch("lines", queryset=OrderLine.objects.prefetch_related(numbers_of_lines()))


class OrderOut(serializers.ModelSerializer[Order]):
    id = serializers.CharField(source="public_id")
    brand = serializers.CharField(source="brand.slug")
    url = serializers.SerializerMethodField()
    lines = LineOut(many=True)
    payments = PaymentOut(many=True)

    class Meta:
        model = Order
        fields = (
            "id", "url", "brand", "state", "closed_reason", "rehearsal", "currency", "lines_amount",
            "delivery", "delivery_amount", "total_amount", "placed_at", "pay_until", "paid_at", "closed_at",
            "lines", "payments",
        )  # fmt: skip

    def get_url(self, order: Order) -> str:
        return f"/orders/{order.public_id}/"


class RefundOut(serializers.ModelSerializer[Refund]):
    id = serializers.CharField(source="public_id")

    class Meta:
        model = Refund
        fields = ("id", "state", "amount", "delivery_amount", "reason", "created_at", "done_at")


class RevenueOut(serializers.Serializer):
    name = serializers.CharField(source="label")
    currency = serializers.CharField()
    gross = serializers.IntegerField()
    refunded = serializers.IntegerField()
    net = serializers.IntegerField()
    orders = serializers.IntegerField()
    pieces = serializers.IntegerField()


class SalesOut(serializers.Serializer):
    """An event's sales in its own currency. `sold` is pieces credited to it and kept."""

    event = serializers.CharField()
    currency = serializers.CharField()
    gross = serializers.IntegerField()
    refunded = serializers.IntegerField()
    net = serializers.IntegerField()
    orders = serializers.IntegerField()
    sold = serializers.IntegerField()
    held = serializers.IntegerField()
    left = serializers.IntegerField()
    by_host = RevenueOut(many=True)
    by_product = RevenueOut(many=True)
    unattributed = RevenueOut(allow_null=True)
    rehearsal = RevenueOut()
    other_currencies = RevenueOut(many=True)


class OfferOut(serializers.Serializer):
    """All the buy sheet needs, in one answer."""

    product = serializers.JSONField()
    currency = serializers.CharField()
    deliveries = serializers.JSONField()
    methods = serializers.JSONField()
    scenarios = serializers.ListField(child=serializers.CharField())
    contact = ContactIn(allow_null=True)
    holds = HoldOut(many=True)
    now = serializers.DateTimeField()
