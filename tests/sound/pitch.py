"""The pitch follower: wherever it says a pitch between 20 Hz and 10 kHz it is the right one, and outside its range it
says none."""

from __future__ import annotations

import numpy as np

from synthvr_server.module import C4_HZ
from synthvr_server.neural.pitch import VOICED, VOLTS, follow
from tests.requirement import Requirement

RATE = 48_000
SETTLED = 20  # looks
PARTIALS = {  # how loud each is, up to 0.42 of the rate
    "sine": lambda k: k == 1,
    "saw": lambda k: 1 / k,
    "square": lambda k: k % 2 / k,
    "seven": lambda k: k <= 7,  # equally loud partials: what folds is as loud as what does not
}

REQUIREMENTS = {
    "pitch.worst_cents.seven": Requirement(35.0),  # at 3.9 kHz, where partials above 12 kHz fold to 8 … 12 kHz
    "pitch.worst_cents.*": Requirement(2.0),
    "pitch.voiced.46_54_hz.*": Requirement(0.0),
    "pitch.voiced.above_4400_hz.*": Requirement(0.0),
    "pitch.voiced.56_4100_hz.seven": Requirement(0.95, at_least=True),  # the same frames: unsure where partials fold
    "pitch.voiced.56_4100_hz.*": Requirement(1.0, at_least=True),
}


def measure() -> dict[str, float]:
    """Worst error in cents where it is sure, and how much of the time it is that: below, in and above its range."""
    figures: dict[str, float] = {}
    for name in PARTIALS:
        worst, sure = 0.0, {"46_54_hz": [], "56_4100_hz": [], "above_4400_hz": []}
        for hertz in np.concatenate(
            [np.geomspace(20, 54, 25), np.geomspace(56, 4100, 40), np.geomspace(4405, 1e4, 25)]
        ):
            heard = follow(_tone(name, hertz), RATE, RATE // 250)[SETTLED:]
            voiced = heard[:, VOICED] > 0
            if voiced.any():
                worst = max(worst, float(np.abs(heard[voiced, VOLTS] - np.log2(hertz / C4_HZ)).max()) * 1200)
            if hertz >= 46:
                place = "46_54_hz" if hertz < 55 else "56_4100_hz" if hertz < 4200 else "above_4400_hz"
                sure[place].append(float(voiced.mean()))
        figures[f"pitch.worst_cents.{name}"] = worst
        for place, shares in sure.items():
            figures[f"pitch.voiced.{place}.{name}"] = float(np.mean(shares)) if place == "56_4100_hz" else max(shares)
    return figures


def _tone(name: str, hertz: float) -> np.ndarray:
    turns = hertz * np.arange(int(0.4 * RATE)) / RATE
    partials = range(1, min(int(0.42 * RATE / hertz), 60) + 1)
    return sum((0.15 * PARTIALS[name](k) * np.sin(2 * np.pi * k * turns) for k in partials), np.zeros(len(turns)))
