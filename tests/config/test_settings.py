"""The settings: what they read is documented, nonsense stops them, the shipped profile is sound."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROFILE = ROOT / "deploy" / "production.env.example"
# What the profile's addresses cannot be while nothing runs there does not matter to `check`.
CHECK = ("manage.py", "check", "--deploy", "--fail-level", "WARNING")


def profile() -> dict[str, str]:
    lines = [line for line in PROFILE.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def run(*command: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with exactly these settings; nothing of the test run's own leaks in."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=kept | environment | {"SEENOW_VAR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def names_read() -> set[str]:
    tree = ast.parse((ROOT / "config" / "settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "env"
        and isinstance(node.args[0], ast.Constant)
    }


def test_the_table_lists_exactly_what_is_read() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.M)
    assert sorted(rows) == sorted(names_read())


def test_the_table_lists_every_check() -> None:
    pattern = r"seenow\.E\d+"
    written = set(re.findall(pattern, (ROOT / "docs" / "settings.md").read_text()))
    assert written == set(re.findall(pattern, (ROOT / "config" / "checks.py").read_text()))


def test_the_shipped_production_profile_has_no_warnings(tmp_path: Path) -> None:
    done = run(*CHECK, tmp_path=tmp_path, **profile())
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("name", "nonsense"),
    [
        ("DEBUG", "perhaps"),
        ("PORT", "http"),
        ("SEENOW_ENV", "prod"),
        ("WEB_CONCURRENCY", "0"),
        ("DATABASE_URL", "x:y"),
    ],
)
def test_nonsense_stops_the_start(tmp_path: Path, name: str, nonsense: str) -> None:
    done = run("-c", "import config.settings", tmp_path=tmp_path, **{name: nonsense})
    assert done.returncode != 0
    assert nonsense in done.stderr or name in done.stderr


UNSAFE = [
    ("seenow.E001", {"WEB_CONCURRENCY": "2", "REDIS_URL": ""}),
    ("seenow.E002", {"WEB_CONCURRENCY": "2", "DATABASE_URL": "sqlite:///x"}),
    ("seenow.E010", {"DEBUG": "true"}),
    ("seenow.E011", {"SECRET_KEY": "short"}),
    ("seenow.E012", {"ALLOWED_HOSTS": "*"}),
    ("seenow.E013", {"SEENOW_DEMO": "true"}),
    ("seenow.E014", {"PAYMENT_PROVIDERS": "sandbox"}),
    ("seenow.E016", {"SEENOW_RELEASE": "dev"}),
]


@pytest.mark.parametrize("server", ["config.asgi", "config.wsgi"])
@pytest.mark.parametrize(("check", "change"), [UNSAFE[0], UNSAFE[2]])
def test_no_server_starts_unsafe(tmp_path: Path, server: str, check: str, change: dict[str, str]) -> None:
    done = run("-c", f"import {server}", tmp_path=tmp_path, **profile() | change)
    assert done.returncode != 0
    assert f"refuses to start:\n  {check} " in done.stderr


@pytest.mark.parametrize(("check", "change"), UNSAFE)
def test_each_unsafe_setting_is_named(tmp_path: Path, check: str, change: dict[str, str]) -> None:
    done = run("-c", "import config.celery as c; c.guard_worker()", tmp_path=tmp_path, **profile() | change)
    assert done.returncode != 0
    assert check in done.stderr


def test_the_shipped_profile_starts(tmp_path: Path) -> None:
    (tmp_path / "static" / profile()["SEENOW_RELEASE"]).mkdir(parents=True)  # collectstatic makes it
    done = run("-c", "import config.asgi, config.wsgi", tmp_path=tmp_path, **profile())
    assert (done.returncode, done.stderr) == (0, "")


def test_commands_name_every_problem_at_once(tmp_path: Path) -> None:
    bare = {"SEENOW_ENV": "production", "WEB_CONCURRENCY": "2", "DEBUG": "true", "SEENOW_DEMO": "true"}
    unsafe = bare | {
        "PAYMENT_PROVIDERS": "sandbox",
        "MAIL_TRANSPORT": "django.core.mail.backends.dummy.EmailBackend",
    }
    done = run("manage.py", "check", tmp_path=tmp_path, **unsafe)
    assert re.findall(r"seenow\.(E\d+)", done.stderr) == [
        "E001", "E002", "E003", "E010", "E011", "E012", "E013", "E014", "E015", "E016",
    ]  # fmt: skip
