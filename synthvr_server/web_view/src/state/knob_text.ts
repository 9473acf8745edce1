/** A knob's value as people write it, and back. */
import type { KnobRange } from "./knob_scale";

const C4_HZ = 261.6256;
const NOTE_NAMES = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"] as const;
const PREFIXES: Readonly<Record<string, number>> = { m: 1e-3, "µ": 1e-6, u: 1e-6, k: 1e3, M: 1e6 };
const SCALED_UNITS = new Set(["Hz", "s", "V"]);

/** Three significant digits with a unit: "1.25 kHz", "20.0 ms", "−6.0 dB", or the name of a switch's position. */
export function knobText(knob: KnobRange, value: number): string {
  if (knob.choices.length) return knob.choices[Math.round(value)] ?? String(value);
  return valueText(value, knob.unit);
}

export function valueText(value: number, unit: string): string {
  const size = Math.abs(value);
  if (SCALED_UNITS.has(unit) && size > 0) {
    if (size >= 999.5) return joined(digits(value / 1e3), `k${unit}`);
    if (size < 0.9995 && unit === "s") return size < 0.0009995 ? joined(digits(value * 1e6), "µs") : joined(digits(value * 1e3), "ms");
  }
  return joined(digits(value), unit);
}

/**
 * The value that somebody typed: "440", "1.2k", "20 ms", a note name where the unit is Hz, or a switch's position by
 * name. Held to the knob's range; null where it cannot be understood.
 */
export function parseKnobText(knob: KnobRange, text: string): number | null {
  const typed = text.trim().replace("−", "-");
  if (knob.choices.length) {
    const index = knob.choices.findIndex((choice) => choice.toLowerCase().startsWith(typed.toLowerCase()));
    return typed && index >= 0 ? index : null;
  }
  const value = knob.unit === "Hz" ? noteHz(typed) ?? quantity(typed, knob.unit) : quantity(typed, knob.unit);
  return value === null ? null : Math.min(knob.maximum, Math.max(knob.minimum, value));
}

/** The nearest note to a frequency, and how far it is off in cents. C4 is 261.6256 Hz. */
export function nearestNote(hertz: number): { name: string; cents: number } {
  const semitones = 12 * Math.log2(hertz / C4_HZ);
  const nearest = Math.round(semitones);
  const name = NOTE_NAMES[((nearest % 12) + 12) % 12];
  return { name: `${name}${4 + Math.floor(nearest / 12)}`, cents: 100 * (semitones - nearest) };
}

function noteHz(text: string): number | null {
  const match = /^([a-g])([#♯b♭]?)(-?\d{1,2})$/i.exec(text);
  if (!match) return null;
  const [, letter = "", accidental = "", octave = ""] = match;
  const base = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }[letter.toUpperCase()] ?? 0;
  const shift = accidental === "" ? 0 : accidental === "b" || accidental === "♭" ? -1 : 1;
  return C4_HZ * 2 ** (Number(octave) - 4 + (base + shift) / 12);
}

function quantity(text: string, unit: string): number | null {
  const match = /^([+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?)\s*(.*)$/i.exec(text);
  if (!match) return null;
  const [, number = "", suffix = ""] = match;
  const value = Number(number.replace(",", "."));
  const bare = suffix.toLowerCase() === unit.toLowerCase() ? "" : suffix.endsWith(unit) ? suffix.slice(0, suffix.length - unit.length) : suffix;
  if (bare === "%" && unit === "") return value / 100;
  const factor = bare === "" ? 1 : PREFIXES[bare];
  return factor === undefined || !Number.isFinite(value) ? null : value * factor;
}

function digits(value: number): string {
  const size = Math.abs(value);
  const places = size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2;
  const text = value.toFixed(places);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

function joined(number: string, unit: string): string {
  return unit ? `${number} ${unit}` : number;
}
