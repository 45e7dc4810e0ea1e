"""The demo's brands and products, with pictures taken of their models. Seeding again changes nothing."""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime

from django.conf import settings

from accounts.enums import Role
from accounts.models import User
from catalog.demo import hanami, maison, sorrel
from catalog.demo.brands import BRANDS
from catalog.demo.goods import Choice, Good
from catalog.domain.images import Rendered, attach, store_renditions
from catalog.domain.models3d import set_model
from catalog.domain.pricing import set_price
from catalog.domain.stills import Developed, Order, developed
from catalog.domain.stock import set_on_hand
from catalog.enums import ProductState
from catalog.models import Brand, Membership, Product, Variant

GOODS: list[Good] = [*maison.GOODS, *hanami.GOODS, *sorrel.GOODS]
WIDTH = 960
# What a euro cent is in minor units elsewhere, as a fraction, and the step that prices there are rounded to.
ELSEWHERE = {
    "EUR": (1, 1, 1),
    "USD": (11, 10, 100),
    "GBP": (86, 100, 100),
    "CNY": (78, 10, 1_000),
    "JPY": (162, 100, 100),
}
STAFF = {
    "producer@demo.example": Role.PRODUCER,
    "moderator@demo.example": Role.MODERATOR,
    "agent@demo.example": Role.AGENT,
    "merchandiser@demo.example": Role.MERCHANDISER,
}


def seed(now: datetime, *, width: int = WIDTH) -> None:
    """Make what is not there yet; pictures are `width` pixels wide."""
    brands = [Brand.objects.get_or_create(slug=row["slug"], defaults=row)[0] for row in BRANDS]
    for brand in brands:
        _staff(brand)
    made = [(_product(good, now), good) for good in GOODS]
    _hang([(product, good) for product, good in made if not product.images.exists()], width)
    for product, good in made:
        if not product.model:
            set_model(product, data=good.model.read_bytes())


def _staff(brand: Brand) -> None:
    for user in User.objects.filter(email__in=STAFF):
        Membership.objects.get_or_create(user=user, brand=brand, role=STAFF[user.email])


def _product(good: Good, now: datetime) -> Product:
    product, created = Product.objects.get_or_create(
        slug=good.slug,
        defaults={
            "brand": Brand.objects.get(slug=good.brand),
            "name": good.name,
            "subtitle": good.subtitle,
            "story": good.story,
            "details": [list(fact) for fact in good.facts],
            "category": good.category,
            "edition_size": good.edition,
            "max_per_order": good.max_per_order,
            "state": ProductState.ACTIVE,
        },
    )
    if created:
        for position, choice in enumerate(good.choices):
            _variant(product, good, choice, position, now)
    return product


def _variant(product: Product, good: Good, choice: Choice, position: int, now: datetime) -> None:
    variant = Variant.objects.create(
        product=product,
        sku=f"{good.slug}-{position + 1}".upper(),
        options=choice.options,
        position=position,
    )
    for currency in ELSEWHERE:
        set_price(variant, amount=price_in(currency, good.price + choice.more), currency=currency, now=now)
    set_on_hand(variant, on_hand=choice.on_hand, now=now)


def price_in(currency: str, cents: int) -> int:
    """A euro price in minor units of another currency, rounded up to a price people print."""
    times, over, step = ELSEWHERE[currency]
    exact = -(-cents * times // over)
    return -(-exact // step) * step


def _hang(products: list[tuple[Product, Good]], width: int) -> None:
    """Develop what is missing, in as many processes as there are processors."""
    wanted = [
        (product, position, alt, order)
        for product, good in products
        for position, (alt, order) in enumerate(_orders(good, width))
    ]
    finished = _all_developed([order for _product, _position, _alt, order in wanted])
    for (product, position, alt, _order), made in zip(wanted, finished, strict=True):
        files = store_renditions(made.files)
        attach(product, Rendered(made.width, made.height, made.colour, files), alt=alt, position=position)


def _orders(good: Good, width: int) -> list[tuple[str, Order]]:
    """What is seen on each picture of a good, and what it is developed from."""
    keep = settings.BASE_DIR / "var" / "cache" / "stills"
    return [(alt, Order(path, width, keep)) for path, alt in good.stills]


def _all_developed(orders: list[Order]) -> list[Developed]:
    if not orders:
        return []
    # Spawned, not forked: a forked child would share our database connections.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(os.cpu_count() or 1, 8), mp_context=context) as pool:
        return list(pool.map(developed, orders))
