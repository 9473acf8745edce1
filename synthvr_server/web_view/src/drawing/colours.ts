/** The colours of the rack: a hue for each family, a colour for each kind of jack. */
import type { Kind } from "../protocol/messages";
import { hueOf } from "../state/people";

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

/** Hue in degrees (OKLCH) of a family of modules. */
export function familyHue(family: string): number {
  return FAMILY_HUES[family.toLowerCase()] ?? hueOf(family);
}
