"""The management commands of the project."""

import os
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from config import sweep
from config.management.commands import compile_catalogs, demo, seed_demo

CATALOG = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Bag"\nmsgstr "购物袋"\n'


def test_a_translation_is_compiled_once(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text(CATALOG)
    assert compile_catalogs.compile_one(source)
    assert "购物袋".encode() in (tmp_path / "django.mo").read_bytes()
    assert not compile_catalogs.compile_one(source)


def test_a_changed_translation_is_compiled_again(tmp_path: Path) -> None:
    source = tmp_path / "django.po"
    source.write_text(CATALOG)
    compile_catalogs.compile_one(source)
    later = source.stat().st_mtime + 10
    os.utime(source, (later, later))
    assert compile_catalogs.compile_one(source)


def test_all_catalogs_are_compiled(settings: LazySettings, tmp_path: Path) -> None:
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(CATALOG)
    settings.LOCALE_PATHS = [tmp_path]
    call_command("compile_catalogs")
    assert (folder / "django.mo").exists()


def test_one_sweep_tells_when_part_of_it_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "DUE", [])
    call_command("sweep", once=True)


@pytest.mark.expects_errors
def test_a_failed_sweep_ends_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr(sweep, "DUE", [("broken", broken)])
    with pytest.raises(SystemExit, match="failed: broken"):
        call_command("sweep", once=True)


def test_the_demo_s_world_never_enters_production(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="known password"):
        call_command("seed_demo")


def test_a_seeded_world_is_left_alone(
    settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(seed_demo, "SEEDED_APPS", ())
    call_command("seed_demo")
    first = (tmp_path / "seeded").read_text()
    call_command("seed_demo")
    assert (tmp_path / "seeded").read_text() == first
    call_command("seed_demo", again=True)
    assert (tmp_path / "seeded").read_text() != first


def test_the_demo_starts_only_as_a_demo(settings: LazySettings) -> None:
    with pytest.raises(CommandError, match="make demo"):
        call_command("demo")


def test_two_demos_do_not_share_a_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    with demo.only_one(), pytest.raises(CommandError, match="already runs"), demo.only_one():
        pass


def test_starting_afresh_forgets_data_only(settings: LazySettings, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.CELERY_DIR = tmp_path, tmp_path / "celery"
    for name in ("seenow.sqlite3", "seenow.sqlite3-wal", "seeded", "notes.txt"):
        (tmp_path / name).touch()
    (tmp_path / "media").mkdir()
    settings.DATABASES["default"]["ENGINE"], kept = (
        "django.db.backends.sqlite3",
        settings.DATABASES["default"]["ENGINE"],
    )
    demo.forget()
    settings.DATABASES["default"]["ENGINE"] = kept
    assert sorted(p.name for p in tmp_path.iterdir()) == ["celery", "notes.txt"]


def test_everything_the_shop_needs_is_started() -> None:
    assert [child.name for child in demo.children()][:3] == ["web", "media", "worker"]


def test_the_welcome_names_every_account_that_signs_in() -> None:
    text = demo.welcome()
    for role in ("viewer", "host", "producer", "moderator", "agent", "merchandiser", "admin"):
        assert f"{role}@demo.example" in text
