"""The OpenAPI description: complete, without a warning, and readable offline."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator


@pytest.fixture(scope="module")
def description() -> dict[str, object]:
    GENERATOR_STATS.reset()
    with GENERATOR_STATS.silence():
        return SchemaGenerator().get_schema(request=None, public=True)


def test_nothing_is_guessed(description: dict[str, object]) -> None:
    assert sorted(GENERATOR_STATS._warn_cache) == []
    assert sorted(GENERATOR_STATS._error_cache) == []


def test_the_description_is_valid(tmp_path: object) -> None:
    call_command("spectacular", "--validate", "--file", f"{tmp_path}/schema.yaml")


def test_clients_may_rely_on_these_addresses(description: dict[str, dict[str, object]]) -> None:
    promised = {
        *(f"/api/v1/{name}/" for name in ("holidays", "hosts", "events", "products", "orders")),
        "/api/v1/rooms/{slug}/ticket/",
    }
    assert promised - set(description["paths"]) == set()


@pytest.mark.django_db
def test_the_description_is_served(client: Client) -> None:
    answer = client.get("/api/schema/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["info"]["title"]) == (200, "SeeNow API")


@pytest.mark.django_db
def test_the_docs_fetch_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/api/docs/").content.decode()
    assert re.findall(r"(?:src|href)=[\"'](?:https?:)?//", page) == []
    assert "swagger-ui-bundle.js" in page
