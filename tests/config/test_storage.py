"""Addresses of files beside the application."""

import pytest
from django.core.files.storage import FileSystemStorage

from config.storage import LocalFiles


@pytest.mark.parametrize("base", ["/media/", "https://cdn.maison.example/media/"])
@pytest.mark.parametrize("name", ["products/ab/640.avif", "/portraits/a b.webp", "models/été#1.glb", None])
def test_the_address_is_the_one_django_resolves(base: str, name: str | None) -> None:
    assert LocalFiles(base_url=base).url(name) == FileSystemStorage(base_url=base).url(name)
