"""The demo's own day: the one the saddlers of Aurèle keep for themselves."""

from catalog.models import Brand
from events.demo.shows import AURELE
from events.domain.days import DayData, make_day
from events.models import OwnDay

FIRST_SADDLE = DayData(
    names={"en": "First Saddle Day", "zh-Hans": "首鞍纪念日", "fr": "Jour de la première selle"},
    greetings={"en": "To the first stitch", "zh-Hans": "敬第一针"},
    markets=["CN", "FR", "GB"],
    rule={"rule": "nth-weekday", "month": 10, "nth": 2, "weekday": "friday"},
    ground="#3A2417",
    ink="#F1DFC2",
    days=2,
    note="The workshop opens its doors. No discounts: pieces are repaired free of charge.",
)


def seed_own_day() -> None:
    """Once; later edits in the studio stay."""
    brand = Brand.objects.filter(slug=AURELE).first()
    if brand is not None and not OwnDay.objects.filter(brand=brand).exists():
        make_day(brand, FIRST_SADDLE)
