"""What a brand settles for all its shows. The caller checks that the person produces for it."""

from collections.abc import Iterable

from django.db import transaction

from catalog.models import Brand


@transaction.atomic
def settle(brand: Brand, *, rivals: Iterable[Brand], needs_review: bool) -> None:
    """Name the competing brands, and whether a second person approves every plan."""
    brand.rivals.set([rival for rival in rivals if rival.pk != brand.pk])
    Brand.objects.filter(pk=brand.pk).update(needs_review=needs_review)
    brand.needs_review = needs_review
