"""The stored run: one JSON file, each cell written the moment it is finished, so that a run can go on."""

import json
import os
import platform
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.fanout.rig import ROOT

JSON = dict[str, Any]
RESULTS = Path(__file__).parent / "results"
# Figures of another day were taken on another machine, whatever its name is.
RESUME_WITHIN = timedelta(hours=12)
PACKAGES = ("channels", "channels_redis", "django", "uvicorn", "uvloop", "websockets")


@dataclass
class Run:
    """What was measured under which conditions."""

    path: Path
    about: JSON
    cells: list[JSON] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> "Run":
        """A stored run."""
        found = json.loads(path.read_text())
        return cls(path, found["about"], found["cells"])

    def has(self, **key: object) -> bool:
        """Whether a cell with these fields is stored."""
        return any(all(cell[name] == value for name, value in key.items()) for cell in self.cells)

    def add(self, cell: JSON) -> None:
        """Store one more cell, at once and whole."""
        self.cells.append(cell)
        self.save()

    def fail(self, stop: str, why: str) -> None:
        """Note that a server could not be measured."""
        self.about.setdefault("failures", {})[stop] = why
        self.save()

    def has_failed(self, stop: str) -> bool:
        return stop in self.about.get("failures", {})

    def save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".draft")
        text = json.dumps({"about": self.about, "cells": self.cells}, indent=1, sort_keys=True)
        draft.write_text(text + "\n")
        draft.replace(self.path)


def newest(folder: Path = RESULTS) -> Run | None:
    """The latest stored run; names are times."""
    found = sorted(folder.glob("*.json"))
    return Run.load(found[-1]) if found else None


def begin(folder: Path, *, plan: str, now: datetime) -> Run:
    """An empty run, described."""
    about = {"plan": plan, "started": now.isoformat(timespec="seconds"), "complete": False, **describe()}
    return Run(folder / f"{now:%Y-%m-%dT%H%M}.json", about)


def can_go_on(run: Run | None, *, plan: str, now: datetime) -> bool:
    """Whether `run` is the unfinished one of the same code, plan and machine."""
    if run is None or run.about["complete"] or run.about["plan"] != plan:
        return False
    young = now - datetime.fromisoformat(run.about["started"]) < RESUME_WITHIN
    return young and run.about["commit"] == _commit()


def describe() -> JSON:
    """Machine and versions, as far as they bear on the figures."""
    return {
        "commit": _commit(),
        "machine": {
            "processor": _processor(),
            "cores": len(os.sched_getaffinity(0)),
            "kernel": platform.release().split("-")[0],
        },
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in PACKAGES},
            **_node_versions(),
            **_debian_versions(),
        },
    }


def _commit() -> str:
    return _said("git", "rev-parse", "--short=12", "HEAD")


def _said(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")


def _node_versions() -> dict[str, str]:
    lock = json.loads((Path(__file__).parent / "package.json").read_text())
    return {"node": _said("node", "--version").removeprefix("v"), **lock["dependencies"]}


def _debian_versions() -> dict[str, str]:
    names = {"nginx": "nginx-common", "nchan": "libnginx-mod-nchan", "redis-server": "redis-server"}
    return {name: _said("dpkg-query", "-W", "-f", "${Version}", package) for name, package in names.items()}


def now_utc() -> datetime:
    return datetime.now(UTC)
