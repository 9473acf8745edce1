/** Moving a panel by one place with the keyboard: along its row past a neighbour, or into another row. */
import { nearestFree, ROW_MM, type Place, type Rect } from "./placing";

export type Way = "left" | "right" | "up" | "down";

/** Two units of 5.08 mm: how far a panel goes that has no neighbour there. */
const STEP_MM = 10.16;

/** The places of all panels that move, by id; the neighbour that is passed takes the other's place. */
export function shifted(rects: ReadonlyMap<string, Rect>, id: string, way: Way): Map<string, Place> {
  const rect = rects.get(id);
  if (!rect) return new Map();
  const others = [...rects].filter(([other]) => other !== id);
  const free = (place: Place) => nearestFree({ ...rect, ...place }, others.map(([, other]) => other));
  if (way === "up" || way === "down") return new Map([[id, free({ x: rect.x, y: rect.y + (way === "up" ? ROW_MM : -ROW_MM) })]]);
  const sign = way === "right" ? 1 : -1;
  const row = others.filter(([, other]) => Math.abs(other.y - rect.y) < ROW_MM / 2 && sign * (other.x - rect.x) > 0);
  const [next] = row.sort(([, one], [, other]) => sign * (one.x - other.x));
  if (!next) return new Map([[id, { x: rect.x + sign * STEP_MM, y: rect.y }]]);
  const [neighbour, beside] = next;
  // Both keep the outer edges of the stretch they fill together.
  const near = rect.x - (sign * rect.width) / 2;
  const far = beside.x + (sign * beside.width) / 2;
  return new Map([
    [id, { x: far - (sign * rect.width) / 2, y: beside.y }],
    [neighbour, { x: near + (sign * beside.width) / 2, y: rect.y }],
  ]);
}
