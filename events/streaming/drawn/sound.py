"""A quiet bed of sound for the demo's picture: one chord that breathes, sixteen seconds that loop unheard."""

import math
import wave
from array import array
from pathlib import Path

RATE = 24_000
SECONDS = 16
PEAK = 32_767
# A chord of A, low and open. Every tone makes whole turns in the loop, so its end meets its beginning.
TONES = ((110.0, 0.30, 3), (164.8125, 0.22, 5), (220.0, 0.18, 2), (277.1875, 0.12, 7), (329.625, 0.10, 4))
LOUDNESS = 0.11  # about -25 dB at its fullest


def write_bed(path: Path) -> Path:
    """Write the loop as a mono WAV unless it is there already; returns `path`."""
    if path.is_file():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with wave.open(str(draft), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(bed().tobytes())
    return draft.replace(path)


def bed() -> "array[int]":
    """The samples of the loop, 16 bit."""
    total = array("d", bytes(8 * RATE * SECONDS))
    for pitch, share, breaths in TONES:
        # An exact number of turns, and of breaths, in the loop.
        turn = 2 * math.pi * round(pitch * SECONDS) / (RATE * SECONDS)
        breath = 2 * math.pi * breaths / (RATE * SECONDS)
        for at in range(RATE * SECONDS):
            total[at] += share * math.sin(turn * at) * (0.6 - 0.4 * math.cos(breath * at))
    return array("h", (round(PEAK * LOUDNESS * sample) for sample in total))
