from catalog.models.brand import Brand, Membership
from catalog.models.product import Price, Product, ProductImage, Variant
from catalog.models.stock import Hold, Stock

__all__ = ["Brand", "Hold", "Membership", "Price", "Product", "ProductImage", "Stock", "Variant"]
