"""What a demo product is made of."""

from dataclasses import dataclass

from catalog.drawing import View


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
    drawing: str
    price: int
    story: str
    facts: list[tuple[str, str]]
    choices: list[Choice]
    alt: str
    edition: int | None = None
    max_per_order: int = 3
    # A second picture: where the camera goes for a close look, and what it sees there.
    close: View | None = None
    close_alt: str = ""
