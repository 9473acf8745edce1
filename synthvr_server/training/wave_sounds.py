"""What the Wave module's net learns to say: six families of sound, each with a character from 0 to 1.

A sound is a periodic part, known exactly by its harmonics and its phase, and noise of its own colour, which may swell
with the period. Nothing is recorded: all of it is computed here, so all of it may be given away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..neural.wavenet_oscillator_net import MATERIALS, RATE

LOUDNESS = 0.22  # RMS of every sound, full scale 1
LOUDEST = 0.92  # peak of the periodic part: sharp ones are softer
TABLE = 8192
NOISE = 1024
TOP_FROM, TOP = 11_000.0, 13_000.0  # Hz: harmonics fade out between the two
BODY = ((280, 5.0, 40), (460, 4.0, 70), (980, 3.0, 160), (1700, 2.0, 300), (2700, 3.0, 500), (4300, 1.0, 900))
VOWELS = np.array(
    [
        [[320, 800, 2400, 3300], [1.0, 0.25, 0.05, 0.02]],  # u
        [[450, 830, 2500, 3300], [1.0, 0.5, 0.08, 0.03]],  # o
        [[750, 1200, 2600, 3400], [1.0, 0.7, 0.2, 0.08]],  # a
        [[430, 2000, 2700, 3500], [1.0, 0.5, 0.3, 0.1]],  # e
        [[280, 2300, 3000, 3700], [1.0, 0.4, 0.35, 0.15]],  # i
    ]
)


@dataclass(frozen=True)
class Sound:
    """One sound at one pitch: spectrum of its period (complex, harmonic 1 first), and how its noise goes.

    ``noise_gains`` are those of the bins of a real FFT of ``NOISE`` frames; ``swell`` how much it follows the period.
    """

    hertz: float
    harmonics: np.ndarray
    noise_gains: np.ndarray
    swell: float

    def render(self, frames: int, phase: float, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """The periodic part from ``phase`` (turns) on, and the noise, each float32[frames]."""
        turns = (phase + np.arange(frames) * self.hertz / RATE) % 1.0
        spectrum = np.zeros(TABLE // 2 + 1, complex)
        spectrum[1 : len(self.harmonics) + 1] = self.harmonics * TABLE / 2
        table = np.fft.irfft(spectrum)
        periodic = np.interp(turns * TABLE, np.arange(TABLE + 1), np.append(table, table[0]))
        white = rng.standard_normal(frames)
        coloured = np.fft.irfft(np.fft.rfft(white) * np.interp(_bins(frames), _bins(NOISE), self.noise_gains), frames)
        coloured *= 1.0 + self.swell * np.cos(2 * np.pi * turns)
        return periodic.astype(np.float32), coloured.astype(np.float32)


def _bins(frames: int) -> np.ndarray:
    return np.fft.rfftfreq(frames, 1 / RATE)


def sound(material: float, character: float, hertz: float) -> Sound:
    """The sound of a material (0–5; between two of them a blend), its character (0–1) and pitch (Hz)."""
    low = min(int(material), len(MATERIALS) - 2)
    share = material - low
    one, other = _pure(low, character, hertz), _pure(low + 1, character, hertz)
    return Sound(
        hertz,
        (1 - share) * one.harmonics + share * other.harmonics,
        np.hypot((1 - share) * one.noise_gains, share * other.noise_gains),
        (1 - share) * one.swell + share * other.swell,
    )


def _pure(family: int, character: float, hertz: float) -> Sound:
    frequencies = hertz * np.arange(1, min(int(TOP / hertz), TABLE // 2 - 1) + 1)
    fade = np.clip((TOP - frequencies) / (TOP - TOP_FROM), 0.0, 1.0)
    make = (_breath, _voice, _reed, _bow, _edge, _glass)[family]
    harmonics, colour, amount, swell = make(character, frequencies)
    harmonics = harmonics * fade
    rms = np.sqrt(np.sum(np.abs(harmonics) ** 2) / 2)
    harmonics = harmonics * (LOUDNESS / rms)
    spectrum = np.zeros(TABLE // 2 + 1, complex)
    spectrum[1 : len(harmonics) + 1] = harmonics * TABLE / 2
    harmonics = harmonics * min(1.0, LOUDEST / np.abs(np.fft.irfft(spectrum)).max())
    colour = colour * np.clip((TOP - _bins(NOISE)) / (TOP - TOP_FROM), 0.0, 1.0)
    gains = colour / np.sqrt(np.mean(colour**2)) * LOUDNESS * amount
    return Sound(hertz, harmonics, gains, swell)


def _ringing(frequencies: np.ndarray, centres: np.ndarray, heights: np.ndarray, widths: np.ndarray) -> np.ndarray:
    """The response of resonances side by side, complex: each rings on after it was struck, as real ones do."""
    response: np.ndarray = (heights / (1.0 + 1j * (frequencies[:, None] - centres) / widths)).sum(axis=1)
    return response


def _peaks(frequencies: np.ndarray, centres: np.ndarray, heights: np.ndarray, widths: np.ndarray) -> np.ndarray:
    return _ringing(frequencies, centres, heights, widths).real


def _of_period(period: np.ndarray, count: int) -> np.ndarray:
    spectrum: np.ndarray = np.fft.rfft(period)[1 : count + 1] * 2 / len(period)
    return spectrum


def _breath(character: float, frequencies: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
    """A flute: few harmonics, and air that swells with the period; the character is how much air."""
    order = np.arange(1, len(frequencies) + 1)
    tone = (1.0, 0.35, 0.2, 0.06, 0.03, 0.01)
    harmonics = -1j * np.interp(order, np.arange(1, 7), tone, right=0.0)
    bins = _bins(NOISE)
    colour = 1.0 / (1.0 + ((bins - 2.2 * frequencies[0] - 900) / 1400) ** 2)
    return harmonics, colour, 0.04 + 0.75 * character**1.5, 0.6


def _voice(character: float, frequencies: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
    """A voice: a falling source through four formants; the character goes from u through o, a and e to i."""
    at = character * (len(VOWELS) - 1)
    low = min(int(at), len(VOWELS) - 2)
    centres, heights = VOWELS[low] + (at - low) * (VOWELS[low + 1] - VOWELS[low])
    widths = np.array([70.0, 90.0, 130.0, 200.0])
    source = 1.0 / (1.0 + (frequencies / 350.0))
    harmonics = -1j * source * (_ringing(frequencies, centres, heights, widths) + 0.02)
    colour = _peaks(_bins(NOISE), centres[1:], heights[1:] + 0.1, 2 * widths[1:])
    return harmonics, colour, 0.06, 0.8


def _reed(character: float, frequencies: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
    """A reed: odd harmonics above all; the character makes it brighter and lets the even ones in."""
    order = np.arange(1, len(frequencies) + 1)
    even = np.where(order % 2 == 0, 0.03 + 0.5 * character, 1.0)
    slope = order ** -(2.0 - 1.1 * character)
    bump = 1.0 + _peaks(frequencies, np.array([1300.0, 3100.0]), np.array([1.5, 1.2]), np.array([300.0, 500.0]))
    colour = 1.0 / (1.0 + ((_bins(NOISE) - 3000) / 1500) ** 2)
    return -1j * even * slope * bump, colour, 0.04, 0.3


def _bow(character: float, frequencies: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
    """A bowed string in a wooden body; the character is the pressure of the bow: brightness and rosin."""
    order = np.arange(1, len(frequencies) + 1)
    centres, heights, widths = (np.array(column, float) for column in zip(*BODY, strict=True))
    body = 0.3 + _ringing(frequencies, centres, heights, widths)
    dark = np.exp(-frequencies / (1200.0 + 6000.0 * character))
    harmonics = -1j * body * dark / order
    colour = (0.3 + _peaks(_bins(NOISE), centres, heights, 2 * widths)) * (_bins(NOISE) > 200)
    return harmonics, colour, 0.05 + 0.12 * character, 0.5


def _edge(character: float, frequencies: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
    """A sine that starts anew and dies away in each period; the character moves its own pitch from 1 to 8 times."""
    turns = np.arange(TABLE) / TABLE
    period = (1.0 - turns) * np.sin(2 * np.pi * turns * 8.0**character)
    return _of_period(period - period.mean(), len(frequencies)), np.ones(NOISE // 2 + 1), 0.01, 0.0


def _glass(character: float, frequencies: np.ndarray) -> tuple[np.ndarray, np.ndarray, float, float]:
    """Frequency modulation, three to one; the character is its depth."""
    angle = 2 * np.pi * np.arange(TABLE) / TABLE
    depth = 3.5 * character * np.clip(2.0 - np.log2(frequencies[0] / 523.25) / 2, 0.3, 1.0)
    period = np.sin(angle + depth * np.sin(3 * angle)) + 0.15 * np.sin(2 * angle)
    return _of_period(period, len(frequencies)), np.ones(NOISE // 2 + 1), 0.006, 0.0
