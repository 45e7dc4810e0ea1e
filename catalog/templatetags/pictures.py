"""Pictures as `<picture>` with every rendition, and money as people write it."""

from typing import Any

from django import template
from django.utils.translation import get_language

from catalog.models import ProductImage
from catalog.money import Money
from catalog.queries import Rendition, sources

register = template.Library()
STILL_WIDTH = 480


@register.inclusion_tag("catalog/_picture.html")
def picture(
    image: ProductImage, *, sizes: str = "100vw", eager: bool = False, late: bool = False, **attrs: str
) -> dict[str, Any]:
    """`{% picture image sizes="50vw" class="plate" %}`; `eager` for what is seen first, `late` last."""
    return _context(
        image.renditions,
        alt=image.alt,
        width=image.width,
        height=image.height,
        colour=image.colour,
        sizes=sizes,
        eager=eager,
        late=late,
        css=attrs.get("class", ""),
    )


@register.inclusion_tag("catalog/_picture.html")
def picture_of(
    renditions: list[Rendition], *, alt: str, sizes: str = "100vw", eager: bool = False, **attrs: str
) -> dict[str, Any]:
    """The same for renditions kept elsewhere, e.g. the portrait of a host."""
    widest: Rendition = max(renditions, key=lambda r: r["width"], default={"width": 0, "height": 0})
    return _context(
        renditions,
        alt=alt,
        width=widest["width"],
        height=widest["height"],
        colour="",
        sizes=sizes,
        eager=eager,
        css=attrs.get("class", ""),
    )


@register.filter
def money(value: Money | None) -> str:
    """The amount as people of the active language write it; empty for None."""
    return value.format(get_language()) if value is not None else ""


@register.filter
def still(image: dict[str, Any]) -> str:
    """The picture of a card as one address, where no `srcset` can stand: the AVIF that fills a phone."""
    files = [part.rsplit(" ", 1) for part in image["srcset_avif"].split(", ") if part]
    return next((url for url, width in files if int(width.rstrip("w")) >= STILL_WIDTH), image["src"])


def _context(renditions: list[Rendition], **more: Any) -> dict[str, Any]:
    return more | {"sources": sources(renditions), "shown": bool(renditions)}
