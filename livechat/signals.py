"""What the room asks the apps above it."""

from django.dispatch import Signal

# Asked with `brand` and `viewer_key`: receivers return whether this viewer has a paid order of the brand.
buyer_asked = Signal()
