/** Which part of the rack is seen: mm (x right, y up) ↔ CSS pixels of the view (y down). */
import type { Place, Rect } from "../state/placing";

export interface Viewport {
  /** The place at the middle of the view, mm. */
  readonly x: number;
  readonly y: number;
  /** Pixels per mm. */
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const SMALLEST_SCALE = 0.35;
export const LARGEST_SCALE = 16;
const LARGEST_FIT_SCALE = 4.2;

export function toScreen(view: Viewport, size: Size, place: Place): Place {
  return { x: (place.x - view.x) * view.scale + size.width / 2, y: (view.y - place.y) * view.scale + size.height / 2 };
}

export function toRack(view: Viewport, size: Size, pixel: Place): Place {
  return { x: (pixel.x - size.width / 2) / view.scale + view.x, y: view.y - (pixel.y - size.height / 2) / view.scale };
}

export function panned(view: Viewport, pixelsX: number, pixelsY: number): Viewport {
  return { ...view, x: view.x - pixelsX / view.scale, y: view.y + pixelsY / view.scale };
}

/** Zooms so that the place under `pixel` stays there. */
export function zoomed(view: Viewport, size: Size, pixel: Place, factor: number): Viewport {
  const scale = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, view.scale * factor));
  const under = toRack(view, size, pixel);
  return {
    x: under.x - (pixel.x - size.width / 2) / scale,
    y: under.y + (pixel.y - size.height / 2) / scale,
    scale,
  };
}

/** The view moved no further than needed to have all of `rect` in it; where it is too large, its upper left. */
export function revealed(view: Viewport, size: Size, rect: Rect, margin: number): Viewport {
  const away = { x: size.width / 2 - margin, y: size.height / 2 - margin };
  const move = (at: number, centre: number, half: number, room: number, first: number) => {
    const [least, most] = [centre + half - room, centre - half + room];
    return least > most ? (first > 0 ? most : least) : Math.min(most, Math.max(least, at));
  };
  const x = move(view.x, rect.x, rect.width / 2, away.x / view.scale, 1);
  const y = move(view.y, rect.y, rect.height / 2, away.y / view.scale, -1);
  return x === view.x && y === view.y ? view : { ...view, x, y };
}

/** Below this not even the titles can be read, pixels per mm. */
const READABLE_SCALE = 1.3;
/** At this the labels of knobs and jacks can be. */
const COMFORTABLE_SCALE = 2.3;

/**
 * How a rack is first seen: all of it where it can be read so; on a small screen its upper left, as large as fills the
 * screen's height or width.
 */
export function opened(size: Size, rect: Rect | null, margin: number): Viewport {
  const whole = fitted(size, rect, margin);
  if (!rect || whole.scale >= READABLE_SCALE) return whole;
  const filling = Math.max((size.width - 2 * margin) / rect.width, (size.height - 2 * margin) / rect.height);
  const scale = Math.max(READABLE_SCALE, Math.min(COMFORTABLE_SCALE, filling));
  return revealed({ x: rect.x, y: rect.y, scale }, size, rect, margin);
}

/** Shows all of `rect` with a margin in pixels; null shows the middle of an empty rack. */
export function fitted(size: Size, rect: Rect | null, margin: number, largest = LARGEST_FIT_SCALE): Viewport {
  if (!rect) return { x: 0, y: 0, scale: LARGEST_FIT_SCALE };
  const across = (size.width - 2 * margin) / rect.width;
  const down = (size.height - 2 * margin) / rect.height;
  return { x: rect.x, y: rect.y, scale: Math.min(largest, Math.max(SMALLEST_SCALE, Math.min(across, down))) };
}
