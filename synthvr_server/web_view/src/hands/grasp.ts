/** What a pointer takes hold of. A finger takes only what is large enough for it: the rest is rack, to be moved. */

/** Smaller than this a control cannot be aimed at with a finger, pixels. */
export const FINGER_PIXELS = 22;
const CONTROLS = "[data-knob], [data-jack], [data-handle], button";

/** The control that matches `selector` under a pointer; null where there is none, or it is too small for a finger. */
export function grasped(event: MouseEvent, selector = CONTROLS): Element | null {
  const element = event.target instanceof Element ? event.target.closest(selector) : null;
  return element && isTouch(event) && isTooSmall(element) ? null : element;
}

export function isTouch(event: Event): boolean {
  return event instanceof PointerEvent && event.pointerType === "touch";
}

function isTooSmall(element: Element): boolean {
  const core = element.querySelector(".knob-ground, .switch-body, .jack-glow") ?? element;
  const { width, height } = core.getBoundingClientRect();
  return Math.min(width, height) < FINGER_PIXELS;
}
