"""What the API says of editions and seasons, and what it takes."""

from typing import Any

from rest_framework import serializers

from catalog.models import Product
from catalog.queries import sources
from catalog.serializers import CardSerializer, Strict
from events.domain.whats_left import EditionCard, Left, PieceCard
from events.enums import AssortmentKind
from events.models import Assortment
from events.serializers import HolidayChoiceSerializer, HolidaySerializer

MOST_PIECES = 1_000_000


class LeftSerializer(serializers.Serializer):
    """`of` is the size of the edition, null while fewer pieces are counted than it has numbers."""

    free = serializers.IntegerField()
    of = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()


class ComparedSerializer(serializers.Serializer):
    """How the lowest price stands beside that of the piece it was made from; `percent` is signed."""

    product = serializers.CharField()
    percent = serializers.IntegerField()
    text = serializers.CharField()


class EditionPieceSerializer(serializers.Serializer):
    """A piece: the product's card, what is left, and how its price compares."""

    product = CardSerializer()
    left = LeftSerializer()
    compared = ComparedSerializer(allow_null=True)


class EditionPictureSerializer(serializers.Serializer):
    """The picture's renditions per format, for `srcset`."""

    src = serializers.CharField()
    srcset_avif = serializers.CharField()
    srcset_webp = serializers.CharField()
    srcset_jpeg = serializers.CharField()
    alt = serializers.CharField()


class EditionCardSerializer(serializers.Serializer):
    """An edition or season in a list. `stage` is coming, open, sold_out or closed."""

    id = serializers.CharField()
    slug = serializers.CharField()
    url = serializers.CharField()
    brand = serializers.CharField()
    kind = serializers.ChoiceField(AssortmentKind.choices)
    holiday = HolidaySerializer(allow_null=True)
    season = serializers.CharField()
    title = serializers.CharField()
    colours = serializers.ListField(child=serializers.CharField(), help_text="ground and writing, or empty")
    picture = EditionPictureSerializer(allow_null=True)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    published_at = serializers.DateTimeField(allow_null=True)
    stage = serializers.CharField()
    pieces = serializers.IntegerField()
    free = serializers.IntegerField()
    version = serializers.IntegerField()


class EditionSerializer(EditionCardSerializer):
    """One in full: its words, its pieces with what is left of each, and its public shows."""

    story = serializers.CharField()
    packaging = serializers.CharField()
    items = EditionPieceSerializer(many=True)
    shows = serializers.ListField(child=serializers.CharField(), help_text="slugs of events")


class EditionWriteSerializer(Strict):
    """What staff may change. Times are instants with an offset; colours are #rrggbb, both or none."""

    title = serializers.CharField(max_length=120)
    holiday = HolidayChoiceSerializer(required=False, allow_null=True)
    season = serializers.CharField(max_length=20, required=False, allow_blank=True)
    story = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    packaging = serializers.CharField(max_length=2_000, required=False, allow_blank=True)
    ground = serializers.CharField(max_length=7, required=False, allow_blank=True)
    ink = serializers.CharField(max_length=7, required=False, allow_blank=True)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()


class EditionQuerySerializer(serializers.Serializer):
    """Narrow the list; a brand by its slug, a holiday by its key."""

    kind = serializers.ChoiceField(AssortmentKind.choices, required=False)
    brand = serializers.SlugField(required=False)
    holiday = serializers.SlugField(required=False)
    market = serializers.CharField(max_length=2, required=False)


class NewEditionSerializer(EditionWriteSerializer):
    """A new one: always a draft, of a brand whose shelves one fills."""

    brand = serializers.SlugField()
    kind = serializers.ChoiceField(AssortmentKind.choices)


class EditionPatchSerializer(EditionWriteSerializer):
    """Any of them; `version` is the one the change was made on (default: whatever is newest)."""

    version = serializers.IntegerField(required=False)


class PieceEditSerializer(Strict):
    """`based_on` is the slug of the standing piece, `size` how many are numbered; null is none."""

    based_on = serializers.SlugRelatedField(
        slug_field="slug", queryset=Product.objects.all(), required=False, allow_null=True
    )
    size = serializers.IntegerField(min_value=1, max_value=MOST_PIECES, required=False, allow_null=True)


class PieceAddSerializer(PieceEditSerializer):
    product = serializers.SlugRelatedField(slug_field="slug", queryset=Product.objects.all())


class PieceOrderSerializer(Strict):
    products = serializers.ListField(child=serializers.SlugField(), help_text="every piece's slug, in order")


def card_body(card: EditionCard) -> dict[str, Any]:
    """A card as the API tells it."""
    row = card.assortment
    return {
        "id": row.public_id,
        "slug": row.slug,
        "url": f"/editions/{row.slug}/",
        "brand": row.brand.slug,
        "kind": row.kind,
        "holiday": HolidaySerializer(row.holiday).data if row.holiday else None,
        "season": row.season,
        "title": row.title,
        "colours": [row.ground, row.ink] if row.ground else [],
        "picture": _picture(row),
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "published_at": row.published_at,
        "stage": card.stage,
        "pieces": card.pieces,
        "free": card.free,
        "version": row.version,
    }


def _picture(row: Assortment) -> dict[str, Any] | None:
    return sources(row.picture) | {"alt": row.picture_alt} if row.picture else None


def piece_body(piece: PieceCard) -> dict[str, Any]:
    """A piece as the API tells it."""
    base, compared = piece.piece.based_on, piece.compared
    return {
        "product": piece.card,
        "left": _left(piece.left),
        "compared": {"product": base.slug, "percent": compared.percent, "text": compared.text}
        if base and compared
        else None,
    }


def _left(left: Left) -> dict[str, Any]:
    return {"free": left.free, "of": left.of, "text": left.text}
