"""Our own files, as the architecture tests see them."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "catalog", "events", "livechat", "orders", "config")  # lowest first


def files(*suffixes: str, under: tuple[str, ...] = ()) -> list[Path]:
    """Files of the repository (ignored ones left out), relative to its root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *under]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = [Path(line) for line in listed.splitlines()]
    return [p for p in paths if p.name.endswith(suffixes) and (ROOT / p).is_file()]


def modules(*under: str) -> Iterator[tuple[Path, ast.Module]]:
    """Every Python module of ours, migrations left out."""
    for path in files(".py", under=under or (*APPS, "tests", "benchmarks")):
        if "migrations" not in path.parts:
            yield path, ast.parse((ROOT / path).read_text())
