/** What a pointer takes hold of. A finger takes only what is large enough for it: the rest is rack, to be moved. */

/** Smaller than this a control cannot be aimed at with a finger, pixels. */
const FINGER_PIXELS = 32;
const CONTROLS = "[data-knob], [data-jack], [data-handle], button";

/** The control that matches `selector` under a pointer; null where there is none, or it is too small for a finger. */
export function grasped(event: MouseEvent, selector = CONTROLS): Element | null {
  const element = event.target instanceof Element ? event.target.closest(selector) : null;
  return element && isTouch(event) && isTooSmall(element) ? null : element;
}

/** The module of a control that a finger touches, and that is too small for it. */
export function tooSmall(event: MouseEvent): string | null {
  // The press was captured by the rack: what is under the finger has to be asked for.
  const control = isTouch(event) ? document.elementFromPoint(event.clientX, event.clientY)?.closest(CONTROLS) : null;
  return control && isTooSmall(control) ? control.closest("[data-module]")?.getAttribute("data-module") ?? null : null;
}

export function isTouch(event: Event): boolean {
  return event instanceof PointerEvent && event.pointerType === "touch";
}

function isTooSmall(element: Element): boolean {
  const core = element.querySelector(".knob-ground, .switch-body, .jack-glow") ?? element;
  const { width, height } = core.getBoundingClientRect();
  return Math.min(width, height) < FINGER_PIXELS;
}
