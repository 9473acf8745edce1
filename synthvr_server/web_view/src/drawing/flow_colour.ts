/** The colour of what flows: red above 0 V, blue below, both for what swings; brighter with the level. */
import { peak, type Level } from "../state/meters";

export type Rgb = readonly [number, number, number];

const ASLEEP: Rgb = [104, 108, 124];
const POSITIVE: Rgb = [255, 84, 62];
const NEGATIVE: Rgb = [64, 132, 255];
const SWINGING: Rgb = [226, 130, 255];
/** A level below this is silence; 5 V is full. */
const FLOOR_DB = -54;
const FULL_VOLTS = 5;

/** 0 for silence to 1 for 5 V and more; even steps in dB, as the ear hears it. */
export function brightness(level: Level): number {
  const volts = peak(level);
  if (volts <= 0) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(volts / FULL_VOLTS)) / FLOOR_DB));
}

export function flowColour(level: Level): Rgb {
  const bright = brightness(level);
  if (bright === 0) return ASLEEP;
  const balance = (level.up + level.down) / (level.up - level.down); // 1 all positive, −1 all negative
  const sided = mix(SWINGING, balance > 0 ? POSITIVE : NEGATIVE, Math.min(1, Math.abs(balance) * 1.5));
  return mix(ASLEEP, sided, 0.25 + 0.75 * bright);
}

export function css([red, green, blue]: Rgb, alpha = 1): string {
  return `rgb(${red} ${green} ${blue} / ${alpha})`;
}

function mix(one: Rgb, other: Rgb, share: number): Rgb {
  const at = (index: 0 | 1 | 2) => Math.round(one[index] + (other[index] - one[index]) * share);
  return [at(0), at(1), at(2)];
}
