"""The model in 3D of a product: kept whole under a random name, as it was uploaded and judged."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.codes import new_public_id
from catalog.domain.gltf import check_model
from catalog.models import Product


def set_model(product: Product, *, data: bytes) -> None:
    """Make `data` the model of `product`, in the place of the one before. BadModel as in `check_model`."""
    check_model(data)
    name = new_public_id()
    _keep(product, default_storage.save(f"models/{name[:2].lower()}/{name}.glb", ContentFile(data)))


def remove_model(product: Product) -> None:
    """Leave `product` without a model and delete the file."""
    _keep(product, "")


def _keep(product: Product, path: str) -> None:
    before, product.model = product.model, path
    product.save(update_fields=["model"])
    if before:
        default_storage.delete(before)
