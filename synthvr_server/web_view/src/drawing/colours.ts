/** The colours of the rack: a hue for each family, a colour for each kind of jack. */
import type { Kind } from "../protocol/messages";
import { hueOf } from "../state/people";

const FAMILY_HUES: Readonly<Record<string, number>> = {
  oscillator: 68,
  filter: 190,
  envelope: 145,
  amplifier: 250,
  modulator: 300,
  mixer: 225,
  effect: 335,
  sequencer: 38,
  notes: 100,
  neural: 275,
  io: 20,
  utility: 210,
  random: 165,
  logic: 50,
  quantizer: 120,
  sampler: 355,
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
