"""The demo's editions and seasons: made for the holidays that come next, whatever the year is."""

from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from django.core.files.storage import default_storage
from django.utils.text import slugify
from PIL import Image, ImageOps

from catalog.domain.images import Rendered, attach, store_renditions
from catalog.domain.models3d import set_model
from catalog.domain.pricing import set_price
from catalog.domain.products import add_variant, change_state, create_product
from catalog.domain.renditions import Encoded
from catalog.enums import ProductState
from catalog.errors import NotSellable
from catalog.models import Brand, Product, ProductImage
from catalog.queries import Rendition
from events.demo.shows import AURELE, HANAMI, SORREL
from events.domain import assortments, calendar, lineup
from events.enums import AssortmentKind, EventState
from events.errors import LineupConflict, NotReady
from events.models import Assortment, Event, HolidayOccurrence

EDITIONS = 3
# The soonest edition has been open for so long, so that some of it is sold.
OPEN_FOR = timedelta(days=4)
COVER_WIDTH, COVER_HEIGHT = 960, 720
# A piece made for the day: which standing piece (by its place on the shelf), per cent on its price, pieces.
Piece = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Made:
    """What an edition of the demo is: for which day, of which brand, and how it is told."""

    key: str
    market: str
    brand: str
    title: str
    suffix: str
    story: str
    packaging: str
    pieces: tuple[Piece, ...]


MADE = (
    Made(
        "christmas", "FR", AURELE, "The Noël Edition", "Noël",
        "Three pieces in the two colours of a winter table. Each carries its number inside, stamped by the "
        "person who finished it.\n\nThey cost more than the pieces they come from, because the edge is sewn "
        "twice and there will be no more of them.",
        "A box of grey board, tied with the selvedge of the silk. The dust bag is the wrapping.",
        ((0, 15, 50), (5, 10, 40), (7, 20, 24)),
    ),
    Made(
        "new-year", "JP", HANAMI, "First Water", "First Water",
        "What is used for the first tea of the year: a bowl, a cup and the cloth they are carried in.",
        "Tied in its own cloth, with a sprig of pine laid in the knot.",
        ((1, 18, 30), (6, 12, 36)),
    ),
    Made(
        "lunar-new-year", "CN", AURELE, "The Lantern Edition", "Lantern",
        "Cinnabar and gold, and nothing else. The lining is printed with the animal of the year, where only "
        "its owner sees it.",
        "A red envelope of leather holds the card; keep it for the year after.",
        ((4, 20, 88), (0, 25, 68)),
    ),
    Made(
        "valentines-day", "FR", AURELE, "Two Initials", "Two Initials",
        "Two letters, side by side, blocked by hand before it leaves the bench.",
        "One box, two ribbons.",
        ((5, 12, 60), (4, 12, 40)),
    ),
    Made(
        "eid-al-fitr", "AE", SORREL, "The Sunset Edition", "Sunset",
        "Oud, rose and saffron for the evening on which the fast is broken.",
        "A lacquered box that keeps dates afterwards.",
        ((0, 30, 120), (1, 15, 90)),
    ),
    Made(
        "mothers-day", "FR", AURELE, "For Her Shoulders", "For Her",
        "The square in a size that may be worn as a shawl, with her initial in the corner.",
        "Folded once, in tissue, with a handwritten card.",
        ((0, 10, 45),),
    ),
    Made(
        "qixi", "CN", AURELE, "The Magpie Bridge", "Magpie",
        "Pieces in pairs, one for each side of the river; the pattern joins when they lie side by side.",
        "Two drawers in one box. One opens for each of you.",
        ((0, 18, 77), (5, 15, 77)),
    ),
    Made(
        "mid-autumn-festival", "CN", HANAMI, "Full Moon", "Full Moon",
        "White glaze, fired on the night of the last full moon, and the cup that belongs beside it.",
        "A round box, because the moon is.",
        ((5, 22, 25), (6, 10, 50)),
    ),
    Made(
        "diwali", "IN", SORREL, "The Marigold Edition", "Marigold",
        "Marigold, clove and lamp oil: a scent and the light it is worn by.",
        "Wrapped in printed cotton that becomes a scarf.",
        ((0, 15, 108), (1, 12, 108)),
    ),
)  # fmt: skip

NEW = Made(
    "", "", HANAMI, "The Spring Kiln", "Spring Kiln",
    "The first firing after the winter: thinner walls, a greener ash. New this season, and here to stay.",
    "", ((2, 8, 30), (3, 5, 24)),
)  # fmt: skip
OFF = Made(
    "", "", SORREL, "Last of the Winter", "Last of the Winter",
    "What the winter left on the shelf, at what it is worth in spring. Nothing is wrong with it.",
    "", ((1, -30, 40), (3, -25, 26)),
)  # fmt: skip


def seed_editions(now: datetime) -> None:
    """Editions of the next holidays, a new season and an off season; what is there stays as it is."""
    for place, (made, row) in enumerate(_next(now)):
        _seed_edition(made, row, now, opened=place == 0)
    _seed_season(NEW, AssortmentKind.NEW_SEASON, f"SS{now.year % 100 + 1}", now)
    _seed_season(OFF, AssortmentKind.OFF_SEASON, f"AW{now.year % 100 - 1}", now)


def _next(now: datetime) -> list[tuple[Made, HolidayOccurrence]]:
    """The soonest days somebody made something for, each once."""
    found: dict[str, tuple[Made, HolidayOccurrence]] = {}
    for day in calendar.next_holidays(today=now.date(), within_days=400):
        for made in MADE:
            if made.key == day.key and made.market in day.markets and made.title not in found:
                row = calendar.occurrence_row(key=day.key, market=made.market, starts_on=day.starts_on)
                if row is not None:
                    found[made.title] = (made, row)
    return list(found.values())[:EDITIONS]


def _seed_edition(made: Made, row: HolidayOccurrence, now: datetime, *, opened: bool) -> None:
    title = f"{made.title} {row.starts_on.year}"
    brand = Brand.objects.filter(slug=made.brand).first()
    if brand is None or Assortment.objects.filter(slug=slugify(title)).exists():
        return
    told = assortments.suggested(row, now=now)
    edition = assortments.create_assortment(
        brand,
        kind=AssortmentKind.EDITION,
        title=title,
        holiday=row,
        story=made.story,
        packaging=made.packaging,
        ground=told["ground"],
        ink=told["ink"],
        opens_at=now.replace(second=0, microsecond=0) - OPEN_FOR if opened else told["opens_at"],
        closes_at=told["closes_at"],
    )
    _fill(edition, made, now)
    _show_it(edition, now)


def _seed_season(made: Made, kind: AssortmentKind, season: str, now: datetime) -> None:
    title = f"{made.title}, {season}"
    brand = Brand.objects.filter(slug=made.brand).first()
    if brand is None or Assortment.objects.filter(slug=slugify(title)).exists():
        return
    today = now.replace(hour=8, minute=0, second=0, microsecond=0)
    assortment = assortments.create_assortment(
        brand,
        kind=kind,
        title=title,
        season=season,
        story=made.story,
        opens_at=today - timedelta(days=9),
        closes_at=today + timedelta(days=120),
    )
    _fill(assortment, made, now)


def _fill(edition: Assortment, made: Made, now: datetime) -> None:
    shelf = list(Product.objects.on_sale().filter(brand=edition.brand, available_from=None).order_by("pk"))
    for place, percent, size in made.pieces:
        if place < len(shelf):
            _add(edition, shelf[place], made, percent, size, now)
    _draw_cover(edition)
    try:
        assortments.publish(edition, now=edition.opens_at if edition.opens_at < now else now)
    except NotReady:  # a shelf without prices: the draft stays
        return


def _add(edition: Assortment, base: Product, made: Made, percent: int, size: int, now: datetime) -> None:
    """A piece of its own, made from `base`: its price, its pictures, its numbers."""
    numbered = edition.kind == AssortmentKind.EDITION
    product = create_product(
        edition.brand,
        name=f"{base.name}, {made.suffix}",
        category=base.category,
        subtitle=base.subtitle,
        story=base.story,
        details=base.details,
        max_per_order=2,
        edition_size=size if numbered else None,
    )
    _price(product, base, percent, size, now)
    for image in base.images.all():
        files = store_renditions(_files(image.renditions))
        rendered = Rendered(image.width, image.height, image.colour, files)
        attach(product, rendered, alt=image.alt, position=image.position)
    if base.model:
        with default_storage.open(base.model) as model:
            set_model(product, data=model.read())
    try:
        change_state(product, to=ProductState.ACTIVE)
    except NotSellable:
        return
    assortments.add_piece(edition, product, based_on=base, now=now)


def _price(product: Product, base: Product, percent: int, size: int, now: datetime) -> None:
    first = base.variants.filter(active=True).first()
    if first is None:
        return
    variant = add_variant(
        product, sku=f"{product.slug[:34]}-1".upper(), options=first.options, on_hand=size, now=now
    )
    for price in first.prices.all():
        amount = _printed(price.amount * (100 + percent) // 100)
        set_price(variant, amount=amount, currency=price.currency, now=now)


def _printed(amount: int) -> int:
    """A price people print: full hundreds of minor units, or thousands where they are many."""
    step = 1_000 if amount >= 100_000 else 100
    return -(-amount // step) * step


def _files(renditions: list[Rendition]) -> list[Encoded]:
    """The files of a picture, read again: a second product keeps its own."""
    return [Encoded(one["format"], one["width"], one["height"], _read(one)) for one in renditions]


def _read(rendition: Rendition) -> bytes:
    if "data" in rendition:
        return b64decode(rendition["data"])
    with default_storage.open(rendition["path"]) as file:
        return bytes(file.read())


def _draw_cover(edition: Assortment) -> None:
    """The first piece in the two colours of the edition."""
    image = ProductImage.objects.filter(product__in=edition.pieces.values("product")).order_by("pk").first()
    if image is None or not edition.ground:
        return
    jpegs = sorted((one for one in image.renditions if one["format"] == "jpeg"), key=lambda one: one["width"])
    plain = next((one for one in jpegs if one["width"] >= COVER_WIDTH), jpegs[-1])
    with default_storage.open(plain["path"]) as file:
        grey = ImageOps.fit(Image.open(file).convert("L"), (COVER_WIDTH, COVER_HEIGHT))
    dark, light = sorted((edition.ground, edition.ink), key=_lightness)
    drawn = BytesIO()
    ImageOps.colorize(ImageOps.autocontrast(grey, cutoff=1), dark, light).save(drawn, "PNG")
    assortments.set_picture(edition, data=drawn.getvalue(), alt=image.alt)


def _lightness(colour: str) -> int:
    return sum(int(colour[place : place + 2], 16) * weight for place, weight in ((1, 3), (3, 6), (5, 1)))


def _show_it(edition: Assortment, now: datetime) -> None:
    """The brand's announced show for the same day shows the edition's pieces too."""
    shows = Event.objects.filter(brand=edition.brand, holiday=edition.holiday, state=EventState.SCHEDULED)
    for event in shows:
        Event.objects.filter(pk=event.pk).update(edition=edition)
        for piece in edition.pieces.select_related("product"):
            try:
                lineup.add_item(event, piece.product, now=now)
            except LineupConflict:
                continue
