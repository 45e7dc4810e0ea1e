"""What can go wrong with stock and prices, told to people by code."""


class CatalogError(Exception):
    """Base of the family; `code` is stable and is what clients switch on."""

    code = "catalog_error"


class SoldOut(CatalogError):
    """Fewer pieces are free than were asked for."""

    code = "sold_out"


class HoldExpired(CatalogError):
    """The hold ended before it was committed."""

    code = "hold_expired"


class NoPrice(CatalogError):
    """The variant has no price in the asked currency."""

    code = "no_price"


class BadImage(CatalogError):
    """The upload is not a picture we accept; the message says why."""

    code = "bad_image"
