"""One long show with every house of the demo: six segments in four hours and a quarter, one break."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from catalog.models import Brand, Product
from events.demo.shows import AURELE, HANAMI, SORREL, next_live_day
from events.domain import calendar, lifecycle, lineup, scheduling, segments
from events.enums import EventState
from events.holidays.regions import ZONES
from events.models import Event, Host

SLUG = "the-long-table"
AHEAD = timedelta(days=5)
HOSTS = ("camille-aubry", "hana-mori", "oliver-thorne", "lin-yue", "samira-el-idrissi", "priya-nair")


@dataclass(frozen=True, slots=True)
class Course:
    """One segment; `pause` is the break before it, in minutes."""

    brand: str
    title: str
    host: str
    category: str
    minutes: int
    pieces: int
    cue: str
    pause: int = 0


COURSES = (
    Course(
        AURELE, "Silk, unfolded", "camille-aubry", "silk", 45, 2, "Table white. Camera two over the hands."
    ),
    Course(
        HANAMI, "Tea, from leaf to cup", "hana-mori", "tea", 40, 3, "Water on ten minutes before. No music."
    ),
    Course(
        SORREL, "Scent by weather", "samira-el-idrissi", "scent", 40, 3, "Blotters numbered, window closed."
    ),
    Course(
        HANAMI,
        "One watch, timed aloud",
        "oliver-thorne",
        "watches",
        30,
        1,
        "Timing machine on camera three.",
        15,
    ),
    Course(
        AURELE,
        "Leather at the bench",
        "lin-yue",
        "leather",
        45,
        3,
        "Bench light on. The knife stays sheathed.",
    ),
    Course(
        SORREL, "Colour by lamplight", "priya-nair", "colour", 40, 2, "House lights to a third. Ivory ground."
    ),
)


def seed_marathon(hosts: dict[str, Host], now: datetime, *, by: User | None) -> None:
    """The long show, five days ahead on the hour, when there is none to come."""
    houses = {one.brand for one in COURSES}
    selling = Product.objects.on_sale().filter(brand__slug__in=houses).values("brand")
    table = {brand.slug: brand for brand in Brand.objects.filter(pk__in=selling)}
    if len(table) < len(houses) or Event.objects.filter(slug__startswith=SLUG, ends_at__gt=now).exists():
        return
    starts_at = (now + AHEAD).replace(hour=13, minute=0, second=0, microsecond=0)
    minutes = sum(one.minutes + one.pause for one in COURSES)
    day = next_live_day(now.date())
    data = {
        "holiday": calendar.occurrence_row(key=day.key, market=day.market, starts_on=day.starts_on),
        "summary": (
            "Three houses at one table for an afternoon. Each brings what it makes best and the person who "
            "knows it; come for yours, or stay."
        ),
        "currency": "EUR",
        "time_zone": ZONES["FR"],
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes),
    }
    shares = list(zip([hosts[slug] for slug in HOSTS], scheduling.equal_shares(len(HOSTS)), strict=True))
    with transaction.atomic():
        event = scheduling.create_event(
            table[AURELE],
            title="The Long Table",
            slug=f"{SLUG}-{starts_at:%Y-%m-%d}",
            data=data,
            shares=shares,
        )
        for course in COURSES:
            _serve(event, course, table[course.brand], hosts[course.host], now=now)
        lifecycle.advance(event, EventState.SCHEDULED, by=by, now=now)


def _serve(event: Event, course: Course, brand: Brand, host: Host, *, now: datetime) -> None:
    last = event.segments.last()
    end = last.planned_second + last.planned_seconds if last else 0
    part = segments.add_segment(
        event,
        title=course.title,
        brand=brand,
        planned_second=end + course.pause * 60,
        planned_seconds=course.minutes * 60,
        hosts=[host],
        cue=course.cue,
        now=now,
    )
    listed = event.lineup.values("product")
    found = Product.objects.on_sale().filter(brand=brand).exclude(pk__in=listed)
    fitting = sorted(found, key=lambda product: (product.category != course.category, product.pk))
    pause = course.minutes * 60 // (course.pieces + 1)
    for place, product in enumerate(fitting[: course.pieces]):
        second = part.planned_second + 120 + place * pause
        lineup.add_item(
            event, product, segment=part, planned_second=second, talking_points=_points(product), now=now
        )


def _points(product: Product) -> str:
    """The story's first sentence."""
    first = product.story.split(". ")[0].strip().rstrip(".")
    return f"{first}." if first else ""
