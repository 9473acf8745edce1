/** Where a new panel hangs: right of the one touched last, so that what is added in order hangs in order. */
import { bounds, nearestFree, overlaps, ROW_MM, type Place, type Rect } from "./placing";

/** How many rows below the last one are looked at before the panel hangs outside the view. */
const ROWS_DOWN = 2;

/**
 * The place of a panel of this size. It is in the first gap to the right of `last`, or of the rightmost panel where
 * nothing was touched yet; where that is outside the view, at the start of a row below that is in it. It never lies
 * over another.
 */
export function placeOfNew(size: { width: number; height: number }, others: readonly Rect[], last: Rect | null, view: Rect): Place {
  const anchor = last ?? rightmost(others);
  if (!anchor) return { x: view.x, y: 0 };
  const beside = firstGap(size, others, anchor.x + anchor.width / 2, anchor.y);
  if (isWithin({ ...beside, ...size }, view)) return beside;
  const left = Math.max(leftOf(bounds(others) ?? anchor), leftOf(view));
  for (let row = 1; row <= ROWS_DOWN; row++) {
    const below = firstGap(size, others, left, anchor.y - row * ROW_MM);
    if (isWithin({ ...below, ...size }, view)) return below;
  }
  return beside;
}

/** The first place from `left` on in a row that lies over nothing. */
function firstGap({ width, height }: { width: number; height: number }, others: readonly Rect[], left: number, y: number): Place {
  const row = others.filter((other) => Math.abs(other.y - y) < (other.height + height) / 2 - 0.01).sort((one, other) => leftOf(one) - leftOf(other));
  let x = left + width / 2;
  for (const other of row) {
    if (overlaps({ x, y, width, height }, other)) x = other.x + (other.width + width) / 2;
  }
  return row.some((other) => overlaps({ x, y, width, height }, other)) ? nearestFree({ x, y, width, height }, others) : { x, y };
}

function rightmost(rects: readonly Rect[]): Rect | null {
  return rects.reduce<Rect | null>((best, rect) => (best && best.x + best.width / 2 >= rect.x + rect.width / 2 ? best : rect), null);
}

function leftOf(rect: Rect): number {
  return rect.x - rect.width / 2;
}

function isWithin(rect: Rect, view: Rect): boolean {
  return Math.abs(rect.x - view.x) <= (view.width - rect.width) / 2 && Math.abs(rect.y - view.y) <= (view.height - rect.height) / 2;
}
