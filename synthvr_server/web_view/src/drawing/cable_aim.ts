/** Which cable lies under a pointer, and near which of its ends. */
import { distance, type Place } from "../state/placing";
import { pointOn, type Curve } from "./cable_curve";

export interface AimedCable {
  readonly id: string;
  /** The end that a hand there takes; null for the middle of the cable. */
  readonly end: "from" | "to" | null;
}

const STEPS = 32;
/** The share of a cable at either side that counts as near the end. */
const NEAR = 0.3;

/** The cable whose curve passes nearest to a pixel, no further away than `reach`; of two the one on top. */
export function aimedCable(cables: readonly { id: string; curve: Curve }[], pixel: Place, reach: number): AimedCable | null {
  let best: AimedCable | null = null;
  let nearest = reach;
  for (const { id, curve } of cables) {
    let before = curve.from;
    for (let step = 1; step <= STEPS; step++) {
      const along = step / STEPS;
      const point = pointOn(curve, along);
      const away = toSegment(pixel, before, point);
      before = point;
      if (away > nearest) continue;
      nearest = away;
      best = { id, end: along < NEAR ? "from" : along > 1 - NEAR ? "to" : null };
    }
  }
  return best;
}

/** From a point to the nearest one between two others. */
function toSegment(point: Place, start: Place, end: Place): number {
  const [x, y] = [end.x - start.x, end.y - start.y];
  const length = x * x + y * y;
  const along = length > 0 ? Math.min(1, Math.max(0, ((point.x - start.x) * x + (point.y - start.y) * y) / length)) : 0;
  return distance(point, { x: start.x + along * x, y: start.y + along * y });
}
