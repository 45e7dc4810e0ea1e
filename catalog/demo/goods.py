"""What a demo product is made of."""

from dataclasses import dataclass
from pathlib import Path

MEDIA = Path(__file__).parent / "media"


@dataclass(frozen=True, slots=True)
class Choice:
    """One variant: its options, pieces on hand, and what it costs more than the first, in euro cents."""

    options: dict[str, str]
    on_hand: int
    more: int = 0


@dataclass(frozen=True, slots=True)
class Good:
    """One product: copy, price of the first variant in euro cents, variants and pictures."""

    brand: str
    slug: str
    name: str
    subtitle: str
    category: str
    price: int
    story: str
    facts: list[tuple[str, str]]
    choices: list[Choice]
    alt: str
    close_alt: str
    edition: int | None = None
    max_per_order: int = 3

    @property
    def model(self) -> Path:
        """The piece in 3D; its pictures are taken of it (catalog/modelling)."""
        return MEDIA / f"{self.slug}.glb"

    @property
    def stills(self) -> list[tuple[Path, str]]:
        """The whole piece and a close look, each with what is seen."""
        return [(MEDIA / f"{self.slug}.avif", self.alt), (MEDIA / f"{self.slug}-close.avif", self.close_alt)]
