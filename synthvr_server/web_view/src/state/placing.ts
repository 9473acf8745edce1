/** Where panels hang: rectangles in mm, y up, given by their centre. */

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Place {
  readonly width: number;
  readonly height: number;
}

/** One rack row: a 128.5 mm panel and the rail between two rows. */
export const ROW_MM = 133.35;
const SNAP_MM = 6;
const TOUCH_MM = 0.01;

export function overlaps(one: Rect, other: Rect): boolean {
  return (
    Math.abs(one.x - other.x) < (one.width + other.width) / 2 - TOUCH_MM &&
    Math.abs(one.y - other.y) < (one.height + other.height) / 2 - TOUCH_MM
  );
}

/** Draws a panel to its neighbours: edge to edge, in their row or one row above or below. */
export function snapped(panel: Rect, others: readonly Rect[]): Rect {
  const y = nearest(panel.y, others.flatMap((other) => [other.y, other.y + ROW_MM, other.y - ROW_MM]));
  const row = { ...panel, y };
  const beside = others.filter((other) => Math.abs(other.y - y) < (panel.height + other.height) / 2 + SNAP_MM);
  const x = nearest(panel.x, beside.flatMap((other) => {
    const touching = (panel.width + other.width) / 2;
    const aligned = (panel.width - other.width) / 2;
    return Math.abs(other.y - y) < ROW_MM / 2
      ? [other.x - touching, other.x + touching]
      : [other.x - aligned, other.x + aligned];
  }));
  return { ...row, x };
}

/** The free place nearest to where a panel was let go; beside its neighbours where it would cover one. */
export function nearestFree(panel: Rect, others: readonly Rect[]): Rect {
  const wanted = snapped(panel, others);
  if (!others.some((other) => overlaps(wanted, other))) return wanted;
  const candidates = others.flatMap((other) => {
    const touching = (panel.width + other.width) / 2;
    return [-ROW_MM, 0, ROW_MM].flatMap((shift) => {
      const y = other.y + shift;
      return [{ x: other.x - touching, y }, { x: other.x + touching, y }, { x: wanted.x, y }];
    });
  });
  const free = candidates
    .map((place) => ({ ...panel, ...place }))
    .filter((place) => !others.some((other) => overlaps(place, other)));
  return free.reduce((best, place) => (distance(place, panel) < distance(best, panel) ? place : best), free[0] ?? wanted);
}

/** Who takes the focus of a panel that went: the next to the right in its row, or to the left, or else the nearest. */
export function neighbour(gone: Rect, rects: ReadonlyMap<string, Rect>): string | null {
  const rank = (rect: Rect) => {
    const isInRow = Math.abs(rect.y - gone.y) < ROW_MM / 2;
    return distance(rect, gone) + (isInRow && rect.x > gone.x ? 0 : isInRow ? 1e6 : 2e6);
  };
  const ranked = [...rects].sort(([, one], [, other]) => rank(one) - rank(other));
  return ranked[0]?.[0] ?? null;
}

/** The smallest rectangle around all; null where there are none. */
export function bounds(rects: readonly Rect[]): Rect | null {
  if (!rects.length) return null;
  const left = Math.min(...rects.map((rect) => rect.x - rect.width / 2));
  const right = Math.max(...rects.map((rect) => rect.x + rect.width / 2));
  const bottom = Math.min(...rects.map((rect) => rect.y - rect.height / 2));
  const top = Math.max(...rects.map((rect) => rect.y + rect.height / 2));
  return { x: (left + right) / 2, y: (bottom + top) / 2, width: right - left, height: top - bottom };
}

function nearest(value: number, candidates: readonly number[]): number {
  let best = value;
  let reach = SNAP_MM;
  for (const candidate of candidates) {
    const away = Math.abs(candidate - value);
    if (away <= reach) [best, reach] = [candidate, away];
  }
  return best;
}

export function distance(one: Place, other: Place): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
