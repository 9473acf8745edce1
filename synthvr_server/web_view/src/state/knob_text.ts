/** A knob's value as people write it. */
import type { KnobRange } from "./knob_scale";

export const C4_HZ = 261.6256;
const NOTE_NAMES = ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"] as const;
const FACTORS: Readonly<Record<string, number>> = { k: 1e3, m: 1e-3, "µ": 1e-6 };
const SCALED_UNITS = new Set(["Hz", "s", "V"]);

/** Three significant digits with a unit: "1.25 kHz", "20.0 ms", "−6.0 dB", or the name of a switch's position. */
export function knobText(knob: KnobRange, value: number): string {
  if (knob.choices.length) return knob.choices[Math.round(value)] ?? String(value);
  return valueText(value, knob.unit);
}

export function valueText(value: number, unit: string): string {
  const shown = shownUnit(value, unit);
  return joined(digits(value / (FACTORS[shown.slice(0, shown.length - unit.length)] ?? 1)), shown);
}

/** The unit that a value is written in: 1,590 Hz in kHz, 0.5 s in ms. */
export function shownUnit(value: number, unit: string): string {
  const size = Math.abs(value);
  if (!SCALED_UNITS.has(unit) || size === 0) return unit;
  if (size >= 999.5) return `k${unit}`;
  if (unit !== "s" || size >= 0.9995) return unit;
  return size < 0.0009995 ? "µs" : "ms";
}

/** The nearest note to a frequency, and how far it is off in cents. C4 is 261.6256 Hz. */
export function nearestNote(hertz: number): { name: string; cents: number } {
  const semitones = 12 * Math.log2(hertz / C4_HZ);
  const nearest = Math.round(semitones);
  const name = NOTE_NAMES[((nearest % 12) + 12) % 12];
  return { name: `${name}${4 + Math.floor(nearest / 12)}`, cents: 100 * (semitones - nearest) };
}

/** The frequency of "A4", "c#3" or "B♭2"; null for anything else. */
export function noteHz(text: string): number | null {
  const match = /^([a-g])([#♯b♭]?)(-?\d{1,2})$/i.exec(text);
  if (!match) return null;
  const [, letter = "", accidental = "", octave = ""] = match;
  const base = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }[letter.toUpperCase()] ?? 0;
  const shift = accidental === "" ? 0 : accidental === "b" || accidental === "♭" ? -1 : 1;
  return C4_HZ * 2 ** (Number(octave) - 4 + (base + shift) / 12);
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
