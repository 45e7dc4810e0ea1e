"""Who one is called, and who nobody else may be called."""

import pytest

from accounts.domain import names
from accounts.domain.names import clean_name, skeleton, tidy
from accounts.errors import BadName
from tests.factories.accounts import make_user
from tests.factories.catalog import make_brand, make_member
from tests.factories.events import make_host

pytestmark = pytest.mark.django_db

HOUSE = [
    "support",
    "Support",
    "SUPP0RT",
    "ѕuррогt",
    "ｓｕｐｐｏｒｔ",
    "S u p p o r t",
    "su.pp.ort",
    "Sup\u200bport",
    "\u202etroppus support",
    "SeeNow",
    "See Now",
    "5eenow help",
    "Mοderator",
    "adm1n",
    "@dmin",
    "Official Anna",
    "customer care",
    "Customer-Service",
    "客服小王",
    "官方",
    "Host",
    "Team SeeNow",
    "Ｍｏｄ",
    "agеnt",
    "ѕᴜᴘᴘᴏʀᴛ",
    "𝓼𝓾𝓹𝓹𝓸𝓻𝓽",
    "0fficiaI",
    "Équipe",
    "Soporte",
    "Modérateur",
    "Kundendienst",
    "الدعم",
    "管理员小李",
    "サポート係",
    "관리자",
    "แอดมินนุ่น",
]
PEOPLE = [
    "Camille",
    "Hosta",
    "Carey",
    "Modesty",
    "Jean-Luc",
    "Эмиль",
    "नमस्ते",
    "علی\u200cرضا",
    "Teamwork",
    "Bottega",
    "Robot",
    "林悅",
    "🌸 Mika",
    "O'Neill",
    "42",
    "Agnes",
    "Ad Astra",
]


@pytest.mark.parametrize("name", HOUSE)
def test_nobody_speaks_for_the_house(name: str) -> None:
    with pytest.raises(BadName) as refused:
        clean_name(name)
    assert refused.value.code == "name_reserved"


@pytest.mark.parametrize("name", PEOPLE)
def test_ordinary_names_stay_as_they_are(name: str) -> None:
    assert clean_name(name) == name


def test_without_the_skeleton_a_look_alike_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "skeleton", str.casefold)
    assert clean_name("ѕuррогt") == "ѕuррогt"


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200d", "🌸", "...", "\u3164", "\u202e"])
def test_a_name_needs_something_to_read(text: str) -> None:
    with pytest.raises(BadName) as refused:
        clean_name(text)
    assert refused.value.code == "name_empty"


def test_forty_characters_are_enough() -> None:
    assert clean_name("x" * 40) == "x" * 40
    with pytest.raises(BadName) as refused:
        clean_name("x" * 41)
    assert refused.value.code == "name_too_long"
    assert str(refused.value) == "Choose a name of at most 40 characters."


def test_what_cannot_be_seen_is_dropped() -> None:
    assert tidy("\u202eAn\u200bna\x00\ufeff  Bell\n") == "Anna Bell"
    assert tidy("A\u200dnna") == "Anna"


def test_marks_do_not_pile_up() -> None:
    assert len(tidy("Z" + "\u0335" * 30)) == 4


def test_a_skeleton_folds_what_looks_alike() -> None:
    assert skeleton("Ｈаnа М0rі") == skeleton("Hana Mori")
    assert skeleton("Burn") == skeleton("Bum")
    assert skeleton("Anna") != skeleton("Hanna")


def test_a_brands_name_belongs_to_its_people() -> None:
    brand, staff = make_brand(name="Maison Aurèle"), make_user()
    make_member(staff, brand)
    for name in ["Maison Aurele", "maіson aurèle", "Maison Aurèle Help"]:
        with pytest.raises(BadName):
            clean_name(name, user=make_user())
    assert clean_name("Maison Aurèle", user=staff) == "Maison Aurèle"


def test_a_hosts_name_belongs_to_the_host() -> None:
    hana = make_user()
    make_host(user=hana, name="Hana Mori")
    with pytest.raises(BadName):
        clean_name("Hana M0ri")
    assert clean_name("Hana Mori", user=hana) == "Hana Mori"
    assert clean_name("Hana") == "Hana"
