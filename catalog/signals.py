"""What the catalogue tells the apps above it. Sent inside the transaction that made the change."""

from django.dispatch import Signal

# Arguments: variant_id: int, product_id: int, free: int (pieces left to hold), now: datetime.
stock_changed = Signal()

# Arguments: product: Product, size: int | None. A numbered edition is about to get another size. A receiver
# that knows why not raises a CatalogError.
edition_resized = Signal()

# Arguments: variant_id: int, product_id: int, currency: str, amount: int (minor units), now: datetime.
price_changed = Signal()
