"""Phrases of sampled instruments whose pitch is known: a soundfont played by FluidSynth.

The phrases are written as a standard MIDI file of one track, so nothing but the ``fluidsynth`` command is needed.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from ..errors import SynthVRError

RATE = 32000  # Hz; nothing above 16 kHz is learned
HOP = 128  # frames: 250 decoder steps a second
SILENCE_DB = -70.0  # below it there is no pitch
FLUID_R3 = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
TIM_GM = Path("/usr/share/sounds/sf2/TimGM6mb.sf2")
BEND_SEMITONES = 2.0  # the range a General MIDI synthesizer starts with
BEND_EVERY = 8  # ms between two bend messages: half of what a glide needs to sound smooth


class SoundError(SynthVRError):
    """A phrase could not be rendered."""


@dataclass(frozen=True)
class Instrument:
    """A General MIDI program and the MIDI notes it is played on."""

    program: int
    lowest: int
    highest: int
    legato: float = 0.5  # how often a note goes on into the next


INSTRUMENTS = {
    "trumpet": Instrument(56, 54, 84),
    "strings": Instrument(48, 43, 88),
    "violin": Instrument(40, 55, 93),
    "flute": Instrument(73, 60, 93),
    "clarinet": Instrument(71, 50, 88),
    "sax": Instrument(65, 49, 80),
    "voice": Instrument(52, 43, 79),
    "piano": Instrument(0, 40, 88, legato=0.2),
    "cello": Instrument(42, 38, 72),
    "oboe": Instrument(68, 58, 88),
    "guitar": Instrument(24, 42, 79, legato=0.2),
    "organ": Instrument(19, 43, 88),
}
SHIPPED = tuple(INSTRUMENTS)[:8]


@dataclass(frozen=True)
class Phrases:
    """``audio`` float32[n] at 32 kHz, ±1; ``f0`` float32[n // 128] in Hz at each hop, 0 where it is silent."""

    audio: NDArray[np.float32]
    f0: NDArray[np.float32]


def render(instrument: str, seconds: float, seed: int, soundfont: Path = FLUID_R3) -> Phrases:
    """Phrases of ``instrument`` with random notes, velocities, expression and bends; the same seed, the same phrases.

    Raises SoundError where FluidSynth or the soundfont is missing, KeyError for an unknown instrument.
    """
    voice = INSTRUMENTS[instrument]
    events, pitch = _compose(voice, seconds, np.random.default_rng(seed))
    audio = _play(_midi_file(events), soundfont)
    frames = int(seconds * RATE) // HOP
    audio = np.pad(audio, (0, max(frames * HOP - len(audio), 0)))[: frames * HOP]
    audio *= np.float32(0.5 / max(float(np.max(np.abs(audio))), 1e-6))
    f0 = pitch[np.minimum(np.arange(frames) * HOP * 1000 // RATE, len(pitch) - 1)]
    power = np.square(audio).reshape(frames, HOP).mean(axis=1)
    heard = 10.0 * np.log10(power + 1e-12) > SILENCE_DB
    return Phrases(audio, np.where(heard, f0, 0.0).astype(np.float32))


def _compose(
    voice: Instrument, seconds: float, random: np.random.Generator
) -> tuple[list[tuple[int, bytes]], NDArray[np.float64]]:
    """Events (ms, MIDI message) and the pitch in Hz at every millisecond."""
    end = int(seconds * 1000)
    events: list[tuple[int, bytes]] = [(0, bytes((0xC0, voice.program)))]
    notes = np.zeros(end + 1)
    now, note = 20, int(random.integers(voice.lowest, voice.highest + 1))
    while now < end:
        length = int(np.exp(random.uniform(np.log(120), np.log(1600))))
        velocity = int(random.integers(25, 128))
        loud = int(random.integers(50, 128))
        bends = _bends(length, random)
        swell = np.linspace(loud, int(random.integers(50, 128)), len(bends)) if random.random() < 0.5 else None
        for index, bend in enumerate(bends):
            at = now + index * BEND_EVERY
            value = int(np.clip(8192 + bend / BEND_SEMITONES * 8192, 0, 16383))
            events.append((at, bytes((0xE0, value & 127, value >> 7))))
            if swell is not None or index == 0:
                events.append((at, bytes((0xB0, 11, int(swell[index]) if swell is not None else loud))))
            notes[at : at + BEND_EVERY] = note + bend
        events.append((now, bytes((0x90, note, velocity))))
        events.append((now + length, bytes((0x80, note, 0))))
        notes[now + len(bends) * BEND_EVERY :] = note + bends[-1]  # it rings on until the next begins
        now += length + (0 if random.random() < voice.legato else int(random.integers(30, 500)))
        if random.random() < 0.15:
            note = int(random.integers(voice.lowest, voice.highest + 1))
        note = int(np.clip(note + random.integers(-7, 8), voice.lowest, voice.highest))
    hertz = np.where(notes > 0, 440.0 * 2.0 ** ((notes - 69) / 12), 0.0)
    return events, hertz


def _bends(milliseconds: int, random: np.random.Generator) -> NDArray[np.float64]:
    """How far a note strays, in semitones: not at all, a vibrato, or a glide."""
    time = np.arange(0, milliseconds, BEND_EVERY) / 1000
    what = random.random()
    if what < 0.55:
        return np.zeros(len(time))
    if what < 0.8:
        rate, depth = random.uniform(4.0, 7.0), random.uniform(0.1, 0.5)
        return depth * np.minimum(time / 0.3, 1.0) * np.sin(2 * np.pi * rate * time)
    return np.linspace(random.uniform(-BEND_SEMITONES, BEND_SEMITONES), 0.0, len(time))


def _midi_file(events: list[tuple[int, bytes]]) -> bytes:
    """A standard MIDI file, format 0, one tick a millisecond (1,000 to a beat of one second)."""
    track = bytearray(b"\x00\xff\x51\x03" + (1_000_000).to_bytes(3, "big"))
    before = 0
    for at, message in sorted(events, key=lambda event: (event[0], event[1][0] != 0x80)):  # note-off first
        track += _variable_length(at - before) + message
        before = at
    track += b"\x00\xff\x2f\x00"
    head = b"MThd" + (6).to_bytes(4, "big") + b"\x00\x00\x00\x01" + (1000).to_bytes(2, "big")
    return head + b"MTrk" + len(track).to_bytes(4, "big") + bytes(track)


def _variable_length(ticks: int) -> bytes:
    parts = [ticks & 127]
    while ticks := ticks >> 7:
        parts.append(ticks & 127 | 128)
    return bytes(reversed(parts))


def _play(midi: bytes, soundfont: Path) -> NDArray[np.float32]:
    """The sound of a MIDI file, mono, 32 kHz, dry."""
    command = shutil.which("fluidsynth")
    if command is None:
        raise SoundError("FluidSynth is not installed: it plays the instruments that are learned")
    if not soundfont.is_file():
        raise SoundError(f"there is no soundfont at {soundfont}")
    with tempfile.TemporaryDirectory() as folder:
        score, sound = Path(folder) / "phrases.mid", Path(folder) / "phrases.wav"
        score.write_bytes(midi)
        dry = ["-R", "0", "-C", "0", "-g", "0.6", "-r", str(RATE), "-O", "float", "-T", "wav", "-q", "-n", "-i"]
        done = subprocess.run([command, *dry, "-F", str(sound), str(soundfont), str(score)], capture_output=True)
        if done.returncode or not sound.is_file():
            raise SoundError(f"FluidSynth could not play the phrases: {done.stderr.decode(errors='replace').strip()}")
        stereo, _ = soundfile.read(sound, dtype="float32", always_2d=True)
    return np.ascontiguousarray(stereo.mean(axis=1, dtype=np.float32))
