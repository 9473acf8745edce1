/** A hanging cable: a cubic curve whose handles hang below its ends. Pixels, y down. */
import type { Place } from "../state/placing";

export interface Curve {
  readonly from: Place;
  readonly near: Place;
  readonly far: Place;
  readonly to: Place;
}

/** Slack that every cable has, and what it gains with its length. */
const SLACK_MM = 14;
const SLACK_PER_MM = 0.16;
const MOST_SLACK_MM = 60;

/** `scale` is pixels per mm: the slack of a cable is part of the rack and grows with it. */
export function hangingCurve(from: Place, to: Place, scale: number): Curve {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const sag = Math.min(MOST_SLACK_MM, SLACK_MM + (length / scale) * SLACK_PER_MM) * scale;
  const inward = (to.x - from.x) * 0.18;
  return {
    from,
    near: { x: from.x + inward, y: from.y + (to.y - from.y) * 0.1 + sag },
    far: { x: to.x - inward, y: to.y - (to.y - from.y) * 0.1 + sag },
    to,
  };
}

/** The point at `along`, 0 at the output and 1 at the input. */
export function pointOn({ from, near, far, to }: Curve, along: number): Place {
  const rest = 1 - along;
  const [a, b, c, d] = [rest ** 3, 3 * rest ** 2 * along, 3 * rest * along ** 2, along ** 3];
  return {
    x: a * from.x + b * near.x + c * far.x + d * to.x,
    y: a * from.y + b * near.y + c * far.y + d * to.y,
  };
}

/** The part of a curve between two points on it, by de Casteljau's construction. */
export function between(curve: Curve, start: number, end: number): Curve {
  const [, tail] = cut(curve, start);
  const [head] = cut(tail, (end - start) / (1 - start));
  return head;
}

function cut({ from, near, far, to }: Curve, along: number): [Curve, Curve] {
  const mix = (one: Place, other: Place) => ({ x: one.x + (other.x - one.x) * along, y: one.y + (other.y - one.y) * along });
  const [a, b, c] = [mix(from, near), mix(near, far), mix(far, to)];
  const [left, right] = [mix(a, b), mix(b, c)];
  const middle = mix(left, right);
  return [{ from, near: a, far: left, to: middle }, { from: middle, near: right, far: c, to }];
}
