"""The trailer of the demo is encoded by a program that may hang."""

import subprocess

import pytest

from events.demo import viewing


def test_an_encoder_that_takes_nothing_is_ended_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(viewing, "PATIENCE_S", 0.1)
    with pytest.raises((OSError, subprocess.CalledProcessError)):
        viewing._encode(["sleep", "60"], (bytes(1_000_000) for _ in range(10)))


def test_what_an_encoder_refuses_is_told_by_its_error() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        viewing._encode(["false"], [])


def test_every_frame_reaches_the_encoder() -> None:
    viewing._encode(["sh", "-c", "test $(wc -c) -eq 12"], [b"one ", b"by ", b"frame"])
