/** What somebody types for a knob: in the unit that is shown, or with a unit, or as a note. */
import type { KnobInfo } from "../protocol/messages";
import { C4_HZ, knobText, noteHz, shownUnit, valueText } from "./knob_text";

export type Entry = { readonly value: number } | { readonly problem: string };

/** Names of units, in lower case, by the unit of the knob; what one of each is worth in that unit. */
const UNITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  Hz: { hz: 1, khz: 1e3, k: 1e3 },
  s: { s: 1, sec: 1, ms: 1e-3, m: 1e-3, "µs": 1e-6, "μs": 1e-6, us: 1e-6, min: 60 },
  V: { v: 1, mv: 1e-3 },
  dB: { db: 1 },
  semitones: { semitones: 1, semitone: 1, st: 1, octaves: 12, octave: 12, oct: 12, cents: 0.01, cent: 0.01, ct: 0.01 },
  cents: { cents: 1, cent: 1, ct: 1, semitones: 100, semitone: 100, st: 100 },
  BPM: { bpm: 1 },
  "%": { "%": 1 },
};
/** Knobs that are set in semitones from C4 also take a frequency. */
const PITCH_UNIT = "semitones";
/** What somebody may have meant who typed a number without a unit. */
const MEANT: Readonly<Record<string, readonly string[]>> = { Hz: ["Hz", "kHz"], s: ["s", "ms"], semitones: ["Hz"], "": ["%"] };

/** `current` is where the knob stands: a number without a unit is in the unit that it is shown in. */
export function readEntry(knob: KnobInfo, current: number, text: string): Entry {
  const typed = text.trim().replaceAll("−", "-");
  if (knob.choices.length) return position(knob, typed);
  const value = valueOf(knob, typed, shownUnit(current, knob.unit));
  if (value === null) return { problem: `“${typed}” is no value for ${knob.label}: type one such as ${knobText(knob, knob.default)}.` };
  if (value >= knob.minimum && value <= knob.maximum) return { value };
  const range = `${knobText(knob, knob.minimum)} to ${knobText(knob, knob.maximum)}`;
  const meant = MEANT[knob.unit]?.find((unit) => isWithin(knob, isNumber(typed) ? valueOf(knob, typed, unit) : null));
  return { problem: `${valueText(value, knob.unit)} is out of range: ${knob.label} goes from ${range}${meant ? `; did you mean ${typed} ${meant}?` : "."}` };
}

function position({ label, choices }: KnobInfo, typed: string): Entry {
  const index = choices.findIndex((choice) => choice.toLowerCase().startsWith(typed.toLowerCase()));
  return typed && index >= 0 ? { value: index } : { problem: `“${typed}” is no position of ${label}: type one of ${choices.join(", ")}.` };
}

/** In the knob's own unit; null where it is no value of that kind. */
function valueOf(knob: KnobInfo, typed: string, bareUnit: string): number | null {
  const { unit } = knob;
  const note = noteHz(typed);
  if (note !== null && unit === "Hz") return note;
  if (note !== null && unit === PITCH_UNIT) return semitones(note);
  const match = /^([+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?)\s*(.*)$/i.exec(typed);
  const number = Number(match?.[1]?.replace(",", ".") ?? NaN);
  if (!match || !Number.isFinite(number)) return null;
  const name = (match[2] || bareUnit).toLowerCase();
  if (name === "" && unit === "") return number;
  if (name === "%" && unit === "") return isShare(knob) ? number / 100 : null;
  const factor = UNITS[unit]?.[name] ?? (name === unit.toLowerCase() ? 1 : undefined);
  if (factor !== undefined) return tidy(number * factor);
  const hertz = unit === PITCH_UNIT ? UNITS["Hz"]?.[name] : undefined;
  return hertz !== undefined && number > 0 ? semitones(number * hertz) : null;
}

function isShare({ minimum, maximum }: KnobInfo): boolean {
  return minimum >= -1 && maximum <= 1;
}

function isWithin({ minimum, maximum }: KnobInfo, value: number | null): boolean {
  return value !== null && value >= minimum && value <= maximum;
}

function isNumber(typed: string): boolean {
  return typed !== "" && Number.isFinite(Number(typed.replace(",", ".")));
}

/** 700 ms are 0.7 s, not 0.7000000000000001. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

function semitones(hertz: number): number {
  return tidy(12 * Math.log2(hertz / C4_HZ));
}
