"""What can go wrong with stock, prices, pictures and models, told to people by code."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CatalogError(Exception):
    """Base of the family: `code` is stable and what clients switch on, `status` its HTTP kin."""

    code = "catalog_error"
    status = 400
    message: str | Promise = _("This did not work.")

    def __init__(self, message: str | Promise | None = None) -> None:
        super().__init__(message or self.message)


class SoldOut(CatalogError):
    """Fewer pieces are free than were asked for."""

    code = "sold_out"
    status = 409
    message = _("Fewer pieces are left than you asked for. Take fewer, or choose another.")


class HoldExpired(CatalogError):
    """The hold ended before it was committed."""

    code = "hold_expired"
    status = 409
    message = _("Your hold on this piece has ended. Add it again if it is still here.")


class BadQuantity(CatalogError):
    """A number of pieces nobody can hold, sell or stock."""

    code = "bad_quantity"
    message = _("Give a whole number of pieces, one or more.")


class StockPromised(CatalogError):
    """The new count is below what is already held or sold."""

    code = "stock_promised"
    status = 409
    message = _("More pieces than that are already held or sold.")


class EditionFull(CatalogError):
    """A numbered edition cannot have more pieces than its numbers."""

    code = "edition_full"
    status = 409
    message = _("A numbered edition cannot have more pieces than numbers.")


class NoPrice(CatalogError):
    """The variant has no price in the asked currency."""

    code = "no_price"
    status = 409
    message = _("This piece has no price in that currency.")


class BadPrice(CatalogError):
    """The amount or the currency is not one we can charge."""

    code = "bad_price"
    message = _("Give a price in whole minor units and an ISO 4217 currency.")


class NotSellable(CatalogError):
    """The product lacks what it needs to go on sale."""

    code = "not_sellable"
    status = 409
    message = _("Add a variant with a price before this goes on sale.")


class BadImage(CatalogError):
    """The upload is not a picture we accept; the message says why."""

    code = "bad_image"
    message = _("Use a JPEG, PNG, WebP or AVIF picture.")


class BadModel(CatalogError):
    """The upload is not a model in 3D we can show; the message says why."""

    code = "bad_model"
    message = _("Use a model in one binary glTF file (.glb).")


class BadSheet(CatalogError):
    """The file is not a sheet of products; the message says what to do."""

    code = "bad_sheet"
    message = _("Use a CSV file made from the template.")
