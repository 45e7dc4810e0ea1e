"""Errors, uploaded pictures, static files and what every answer carries."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from config import urls, views

pytestmark = pytest.mark.django_db


def refuse(error: type[Exception]) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


urlpatterns = [
    path("forbidden/", refuse(PermissionDenied)),
    path("suspicious/", refuse(BadRequest)),
    *urls.urlpatterns,
]
handler400, handler403 = urls.handler400, urls.handler403
PIXEL = b"not really a picture; the pipeline wrote it"


@pytest.fixture
def picture(uploads: Path) -> str:
    (uploads / "products").mkdir(parents=True)
    (uploads / "products" / "scarf-640.avif").write_bytes(PIXEL)
    return "/media/products/scarf-640.avif"


def test_a_picture_is_kept_for_ever_and_can_do_nothing_else(client: Client, picture: str) -> None:
    answer = client.get(picture)
    assert (answer.status_code, answer.content) == (200, PIXEL)
    assert answer["Content-Type"] == "image/avif"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["products/page.html", "products/none.avif", "../seenow.sqlite3", "..%2f..%2fx.avif", ""]
)
def test_nothing_but_pictures_is_served(client: Client, picture: str, uploads: Path, path: str) -> None:
    (uploads / "products" / "page.html").write_text("<script>")
    assert client.get(f"/media/{path}").status_code == 404


def test_an_unknown_page_says_so_in_our_words(client: Client) -> None:
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert "text/html" in answer["Content-Type"]
    assert "SeeNow" in answer.content.decode()


def test_an_unknown_api_address_answers_in_the_api_s_shape(client: Client) -> None:
    answer = client.get("/api/v1/nothing-here/")
    assert answer.status_code == 404
    assert answer.json() == {"error": {"code": "not_found", "message": "There is nothing at this address."}}


def test_a_stale_form_is_explained() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/account/login/", {})
    assert answer.status_code == 403
    assert "open for too long" in answer.content.decode()


@pytest.mark.parametrize(("address", "status"), [("/forbidden/", 403), ("/suspicious/", 400)])
@pytest.mark.urls(__name__)
def test_refusals_have_a_page(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert (answer.status_code, "text/html" in answer["Content-Type"]) == (status, True)
    assert "SeeNow" in answer.content.decode()


@pytest.mark.expects_errors
def test_a_foreign_host_name_is_refused(client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_failure_has_a_page_that_needs_nothing(rf: RequestFactory) -> None:
    answer = views.server_error(rf.get("/"))
    assert answer.status_code == 500
    assert "Nothing was charged twice" in answer.content.decode()


def test_a_failure_of_the_api_answers_in_its_shape(rf: RequestFactory) -> None:
    answer = views.server_error(rf.get("/api/v1/events/"))
    assert (answer.status_code, b'"code": "server_error"' in answer.content) == (500, True)


def test_a_wrong_method_has_a_page(client: Client) -> None:
    answer = client.get("/account/logout/")
    assert answer.status_code in {200, 302}
    answer = client.post("/api/docs/")
    assert answer.status_code == 405


def test_a_static_file_is_served_whole(client: Client) -> None:
    answer = client.get("/static/dev/css/base.css")
    assert (answer.status_code, answer.streaming) == (200, False)
    assert answer.content == (Path(__file__).parents[2] / "static/css/base.css").read_bytes()
    assert answer["Content-Type"].startswith("text/css")
    assert "Access-Control-Allow-Origin" not in answer


def test_an_unchanged_static_file_is_not_sent_again(client: Client) -> None:
    tag = client.get("/static/dev/css/base.css")["ETag"]
    answer = client.get("/static/dev/css/base.css", headers={"if-none-match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_part_of_a_static_file_can_be_asked_for(client: Client) -> None:
    answer = client.get("/static/dev/css/base.css", headers={"range": "bytes=0-9"})
    assert (answer.status_code, len(answer.content)) == (206, 10)


def test_pages_carry_the_strict_policy(client: Client, settings: LazySettings) -> None:
    policy = client.get("/account/login/")["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert str(settings.MEDIA_PORT) not in policy


def test_only_third_party_pages_carry_a_looser_one(client: Client) -> None:
    admin = client.get("/admin/login/")["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline' 'unsafe-eval'" in admin
    docs = client.get("/api/docs/")["Content-Security-Policy"]
    assert "script-src" not in docs
    assert "default-src 'self'" in docs
