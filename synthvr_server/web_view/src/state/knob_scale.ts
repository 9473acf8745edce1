/** A knob's value ↔ its turn, 0 at the lower stop and 1 at the upper. */
import type { KnobInfo } from "../protocol/messages";

export type KnobRange = Pick<KnobInfo, "minimum" | "maximum" | "default" | "unit" | "scale" | "choices">;

/** How far the pointer turns from stop to stop. */
export const SWEEP_DEGREES = 300;

export function turnOf(knob: KnobRange, value: number): number {
  const { minimum, maximum } = knob;
  const held = Math.min(maximum, Math.max(minimum, value));
  return knob.scale === "log"
    ? Math.log(held / minimum) / Math.log(maximum / minimum)
    : (held - minimum) / (maximum - minimum);
}

/** The value at a turn; a switch goes to the nearest position. */
export function valueAt(knob: KnobRange, turn: number): number {
  const { minimum, maximum } = knob;
  const held = Math.min(1, Math.max(0, turn));
  if (held === 0) return minimum;
  if (held === 1) return maximum;
  const value = knob.scale === "log" ? minimum * (maximum / minimum) ** held : minimum + (maximum - minimum) * held;
  return knob.choices.length ? Math.round(value) : Math.min(maximum, Math.max(minimum, value));
}

/** The pointer's angle in degrees, 0 straight up, clockwise. */
export function angleOf(turn: number): number {
  return (turn - 0.5) * SWEEP_DEGREES;
}

/** Where the arc of a knob starts: at 0 V for a knob that goes both ways, else at its lower stop. */
export function restingTurn(knob: KnobRange): number {
  return knob.scale === "linear" && knob.minimum < 0 && knob.maximum > 0 ? turnOf(knob, 0) : 0;
}
