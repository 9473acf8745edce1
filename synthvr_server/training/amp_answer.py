"""How an amp answers: its linear answer to the dry recording, and what in the wet one that does not explain.

::

    dry, wet ─→ spectra ─┬─→ phases alone ─→ peak: where the answer is strongest
                         ├─→ best filters around it ─→ onset: where the answer begins
                         └─→ the quietest passages, or deconvolution ─→ noise, echo
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

FURTHEST = 0.5  # s by which the recordings may be shifted against each other
_LISTENED = 30  # s
_BEFORE = 0.004  # s before the peak in which an answer begins
_TAPS = 0.010  # s of filter
_WORTH = 1e-4, 0.05  # of the power, and of what no filter explains: an onset may not cost more
_BAND, _FAINT = 200.0, 1e-5  # Hz, and of the loudest band: what is softer counts less
_REGULAR = 1e-9
_MORE = 3.0  # times the noise that is left after something loud is an echo
_LEARNED = 0.030  # s: what comes later is beyond the past that a capture hears
_LATE = 0.5  # s of echo that are looked at
_FLAT = 0.3  # of the power around it: where a spectrum has a hole it is not deconvolved
_PLACE = 0.002  # s that an echo takes
_ABOVE_CHANCE = 3.0  # times the most that chance gives is an echo
_WINDOW = 0.02  # s
_QUIET, _QUIET_DB = 0.03, -30.0  # of all windows, the softest; and how soft they must be against the whole
_QUARTER = 4


class Answer:
    """What ``wet`` float32[n] has to do with ``dry`` float32[n]."""

    def __init__(self, dry: Floats, wet: Floats, rate: int) -> None:
        frames = min(len(dry), len(wet), _LISTENED * rate)
        self._dry, self._wet = dry[:frames].astype(np.float64), wet[:frames].astype(np.float64)
        self._rate = rate
        self._size = 1 << math.ceil(math.log2(2 * frames))
        self._spectrum = np.fft.rfft(self._dry, self._size)
        self._cross = np.fft.rfft(self._wet, self._size) * np.conj(self._spectrum)
        self._power = float(np.square(self._wet).sum())
        self._find_peak()

    def _find_peak(self) -> None:
        """``peak``: frames by which the strongest part of the answer is late; ``certainty``: how much wet is like dry
        there, 0 to 1.

        Both are whitened first: a correlation of their spectra's phases has a narrow peak even behind a loudspeaker.
        """
        most = self._frames(FURTHEST)
        size = np.abs(self._cross)
        sharp = np.abs(self._lags(self._cross / (size + 1e-3 * size.mean()), -most, most + 1))
        alike = np.abs(self._lags(self._cross, -most, most + 1))
        at = int(np.argmax(sharp))
        power = math.sqrt(float(np.square(self._dry).sum()) * self._power)
        self.peak = at - most
        self.certainty = float(alike[max(at - 50, 0) : at + 51].max()) / max(power, 1e-12)

    def onset(self) -> int:
        """Frames by which the answer begins late: the latest beginning from which a filter of 10 ms explains ``wet`` as
        well as from the best one.

        Both are whitened by what ``dry`` sounds like in bands of 200 Hz: of a few steady tones any lag explains any
        other, and it is the attacks that tell when something began.
        """
        taps, first = self._frames(_TAPS), self.peak - self._frames(_BEFORE)
        flat = np.square(np.abs(self._spectrum))
        bands = self._bands(flat)
        weight = 1 / (bands + _FAINT * bands.max())
        own = self._lags(flat * weight, 0, taps)
        correlation = _firm(own[np.abs(np.arange(taps)[:, None] - np.arange(taps))])
        cross = self._lags(self._cross * weight, first, self.peak + taps + 1)
        begins = np.lib.stride_tricks.sliding_window_view(cross, taps)
        explained = (begins.T * np.linalg.solve(correlation, begins.T)).sum(axis=0)
        wet = np.square(np.abs(np.fft.rfft(self._wet, self._size)))
        power = float(self._lags(wet * weight, 0, 1)[0])
        allowed = _WORTH[0] * power + _WORTH[1] * max(power - explained.max(), 0.0)
        return first + int(np.flatnonzero(explained >= explained.max() - allowed)[-1])

    def noise_and_echo(self) -> tuple[float | None, float | None]:
        """dB of ``wet`` that are noise, and that are echo or room; None where the recordings do not show it.

        Both show in the quietest passages: what is soft is not bent, so that a filter explains it. What is left over is
        noise, and where something loud came before, echo.
        """
        rows = self._quiet_rows()
        if rows is None:
            return None, self._deconvolved_echo(is_steady=True)
        left = self._unexplained(rows)
        late, learned = self._frames(_LATE), self._frames(_LEARNED)
        total = np.concatenate([[0.0], np.cumsum(np.square(self._wet))])
        first = np.maximum(rows[:, 0] - late, 0)
        before = (total[rows[:, 0] - learned] - total[first]) / np.maximum(rows[:, 0] - learned - first, 1)
        order = np.argsort(before)
        part = max(len(order) // _QUARTER, 1)
        calm, loud = order[:part], order[-part:]
        noise = left[calm].mean()
        mean = self._power / len(self._wet)
        if left[loud].mean() > _MORE * noise:
            return _decibels(noise / mean), _decibels(left[loud].mean() / before[loud].mean())
        return _decibels(noise / mean), self._deconvolved_echo(is_steady=False)

    def _quiet_rows(self) -> NDArray[np.intp] | None:
        """Frames of the quietest windows, one window a row; None where nothing is quiet."""
        window, learned = self._frames(_WINDOW), self._frames(_LEARNED)
        start = np.arange(learned + self._frames(_TAPS), len(self._dry) - window - abs(self.peak), window)
        total = np.concatenate([[0.0], np.cumsum(np.square(self._dry))])
        level = (total[start + window] - total[start - learned]) / (window + learned)
        quietest = np.argsort(level, kind="stable")[: max(int(_QUIET * len(start)), 2 * _QUARTER)]
        if _decibels(level[quietest].max() * len(self._dry) / total[-1]) > _QUIET_DB:
            return None
        return np.sort(start[quietest])[:, None] + max(self.peak, 0) + np.arange(window)

    def _unexplained(self, rows: NDArray[np.intp]) -> Doubles:
        """Power in each row of ``wet`` that the best filter for all of them leaves."""
        past = self._past(rows, self.peak - self._frames(_BEFORE) // 4 + np.arange(self._frames(_TAPS)))
        heard = self._wet[rows.ravel()]
        left = heard - past @ np.linalg.solve(_firm(past.T @ past), past.T @ heard)
        return np.asarray(np.square(left).reshape(rows.shape).mean(axis=1))

    def _past(self, rows: NDArray[np.intp], lags: NDArray[np.intp]) -> Doubles:
        return self._dry[np.clip(rows.reshape(-1, 1) - lags, 0, len(self._dry) - 1)]

    def _deconvolved_echo(self, is_steady: bool) -> float | None:
        """dB of what comes later than a capture can learn: in one place, or of a steady sound in all.

        What the answer has before it begins is chance, and says how much of what comes late is that.
        """
        flat = np.square(np.abs(self._spectrum))
        bands = self._bands(flat)
        late, learned = self._frames(_LATE), self._frames(_LEARNED)
        spectrum = self._cross / (flat + _FLAT * bands + _FAINT * bands.max())
        response = np.square(self._lags(spectrum, self.peak - late, self.peak + late))
        direct = response[late - learned : late + learned].sum()
        place = np.ones(self._frames(_PLACE))
        before, after = (np.convolve(part, place) for part in (response[: late - learned], response[late + learned :]))
        if after.max() > _ABOVE_CHANCE * before.max():
            return _decibels(after.max() / direct)
        if is_steady and after.sum() > before.sum():
            return _decibels((after.sum() - before.sum()) / len(place) / direct)
        return None

    def _bands(self, power: Doubles) -> Doubles:
        """The mean of a power spectrum over ``_BAND`` around each line."""
        half = max(int(_BAND * self._size / self._rate / 2), 1)
        total = np.concatenate([[0.0], np.cumsum(power)])
        line = np.arange(len(power))
        first, last = np.maximum(line - half, 0), np.minimum(line + half + 1, len(power))
        return np.asarray((total[last] - total[first]) / (last - first))

    def _lags(self, spectrum: NDArray[Any], first: int, last: int) -> Doubles:
        """Lags of the correlation that a spectrum is of."""
        return np.asarray(np.fft.irfft(spectrum, self._size)[np.arange(first, last) % self._size])

    def _frames(self, seconds: float) -> int:
        return int(seconds * self._rate)


def _firm(matrix: Doubles) -> Doubles:
    """A correlation matrix that may be singular, made one that is not."""
    matrix[np.diag_indices(len(matrix))] += _REGULAR * np.trace(matrix) / len(matrix) + 1e-30
    return matrix


def _decibels(ratio: float) -> float:
    return 10 * math.log10(max(float(ratio), 1e-12))
