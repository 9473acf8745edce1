/** A hand's way → a knob's turn. Relative: the knob never jumps to the hand. */
import type { KnobRange } from "../state/knob_scale";
import { turnOf, valueAt } from "../state/knob_scale";

/** Pixels from stop to stop. */
export const FULL_TURN_PIXELS = 220;
/** How much slower the knob turns while fine. */
export const FINE = 15;

export class KnobDrag {
  private turn: number;

  constructor(private readonly knob: KnobRange, value: number) {
    this.turn = turnOf(knob, value);
  }

  /** The value after the hand went `pixelsUp`. */
  move(pixelsUp: number, fine: boolean): number {
    this.turn = Math.min(1, Math.max(0, this.turn + pixelsUp / FULL_TURN_PIXELS / (fine ? FINE : 1)));
    return valueAt(this.knob, this.turn);
  }
}

/** The value `steps` of the wheel or of an arrow key away. */
export function stepped(knob: KnobRange, value: number, steps: number, fine: boolean): number {
  if (knob.choices.length) return Math.min(knob.maximum, Math.max(knob.minimum, Math.round(value) + Math.sign(steps)));
  return valueAt(knob, turnOf(knob, value) + (steps * 0.02) / (fine ? FINE : 1));
}
