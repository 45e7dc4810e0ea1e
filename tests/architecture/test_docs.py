"""What the documents claim about the tree is true."""

import re
from pathlib import Path

from tests.architecture.tree import ROOT, files

LINK = re.compile(r"\[[^\]]+\]\(([^)#]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`([\w./-]+\.(?:py|toml|txt|md|js|css|conf|yaml))`")


def documents() -> list[Path]:
    return [path for path in files(".md") if path.name != "CHANGELOG.md"]


def targets(path: Path) -> list[str]:
    found = LINK.findall((ROOT / path).read_text())
    return [target for target in found if not target.startswith(("http:", "https:", "mailto:"))]


def test_links_lead_somewhere() -> None:
    lost = [
        f"{path}: {target}"
        for path in documents()
        for target in targets(path)
        if not (ROOT / path.parent / target).exists()
    ]
    assert lost == []


def test_files_named_with_their_folder_exist() -> None:
    there = [f"/{path}" for path in files("")]
    lost = [
        f"{path}: {name}"
        for path in documents()
        for name in CODE.findall((ROOT / path).read_text())
        if "/" in name and not any(known.endswith(f"/{name}") for known in there)
    ]
    assert lost == []


def test_make_targets_named_exist() -> None:
    text = "\n".join((ROOT / path).read_text() for path in documents())
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"(?:`|    )(?:\w+=\S+ )*make ([a-z-]+)", text))
    assert {"demo", "demo-reset", "test"} <= named
    assert named - targets == set()


def test_management_commands_named_exist() -> None:
    text = "\n".join((ROOT / path).read_text() for path in documents())
    ours = {path.stem for path in files(".py") if path.parent.name == "commands"}
    django = {
        "migrate",
        "check",
        "collectstatic",
        "createsuperuser",
        "makemigrations",
        "shell",
        "spectacular",
    }
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) - ours - django == set()
