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

/** Distance from a point to the curve, in pixels, good to a pixel or two. */
export function distanceTo(curve: Curve, point: Place): number {
  const STEPS = 32;
  let best = Infinity;
  let before = curve.from;
  for (let step = 1; step <= STEPS; step++) {
    const next = pointOn(curve, step / STEPS);
    best = Math.min(best, distanceToSegment(before, next, point));
    before = next;
  }
  return best;
}

function distanceToSegment(from: Place, to: Place, point: Place): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((point.x - from.x) * dx + (point.y - from.y) * dy) / length));
  return Math.hypot(point.x - from.x - along * dx, point.y - from.y - along * dy);
}
