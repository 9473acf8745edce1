/** The colours of the rack: a hue for each family, a colour for each kind of jack. */
import type { Kind } from "../protocol/messages";

/** By the names of the folders that our own modules lie in. */
const FAMILY_HUES: Readonly<Record<string, number>> = {
  oscillators: 72,
  filters: 190,
  envelopes: 145,
  amplifiers: 258,
  modulators: 305,
  mixers: 225,
  effects: 345,
  sequencers: 30,
  io: 110,
  neural: 275,
  samplers: 355,
  random: 165,
  logic: 50,
  pitch: 120,
  utilities: 210,
  visual: 100,
};

export const KIND_COLOURS: Readonly<Record<Kind, string>> = {
  audio: "#f0b25a",
  cv: "#62bfe0",
  pitch: "#a4d65e",
  gate: "#ee7f6d",
  trigger: "#dd90d8",
};

/** What a cable's jacket can be coloured; the first is none. */
export const CABLE_COLOURS: readonly (readonly [colour: string, name: string])[] = [
  ["", "No colour"], ["#d9534f", "Red"], ["#e8893a", "Orange"], ["#e6c84b", "Yellow"], ["#5fb563", "Green"],
  ["#3fa7a3", "Teal"], ["#4b8fe0", "Blue"], ["#8f6fe0", "Violet"], ["#d76fb5", "Pink"], ["#e8e6e1", "White"],
];

/** Hue in degrees (OKLCH) of a family of modules. */
export function familyHue(family: string): number {
  return FAMILY_HUES[family.toLowerCase()] ?? hueOf(family);
}

/** The golden angle keeps neighbours in the alphabet of ids apart. */
function hueOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return Math.round((sum * 137.508) % 360);
}
