/** Panning and zooming the rack with mouse, wheel and fingers. */
import type { RackView } from "../drawing/rack_view";
import { panned, zoomed } from "../drawing/viewport";
import { distance, type Place } from "../state/placing";
import { grasped, tooSmall } from "./grasp";
import { actionOf, type ActionOf } from "./keys";

const ZOOM_PER_PIXEL = 1.0025;
const LINE_PIXELS = 40;
const KEY_PIXELS = 80;
const DOUBLE_TAP_MS = 500;
const WAYS: Readonly<Record<ActionOf<"rack">, Place>> = {
  left: { x: KEY_PIXELS, y: 0 }, right: { x: -KEY_PIXELS, y: 0 }, up: { x: 0, y: KEY_PIXELS }, down: { x: 0, y: -KEY_PIXELS },
};

export class ViewHand {
  /** Where the fingers, or the mouse, are that move the view. */
  private readonly down = new Map<number, Place>();
  private tappedAt = -Infinity;

  constructor(private readonly rack: RackView) {
    const { element } = rack;
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("pointermove", (event) => this.move(event));
    element.addEventListener("lostpointercapture", (event) => this.lift(event));
    element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    element.addEventListener("click", (event) => this.tap(event));
    element.addEventListener("dblclick", (event) => this.close(event));
    element.addEventListener("keydown", (event) => this.key(event));
  }

  /** Zooms round the middle of the view. */
  zoom(factor: number): void {
    const { width, height } = this.rack.size;
    this.rack.show(zoomed(this.rack.view, this.rack.size, { x: width / 2, y: height / 2 }, factor));
  }

  /** What no other hand has taken: the background, a panel's plain face, the middle button anywhere. */
  private press(event: PointerEvent): void {
    if (event.defaultPrevented || event.button > 1 || (event.button === 0 && grasped(event))) return;
    this.down.set(event.pointerId, this.pixel(event));
    this.rack.element.setPointerCapture(event.pointerId);
    this.rack.element.classList.add("panning");
  }

  private move(event: PointerEvent): void {
    const before = this.down.get(event.pointerId);
    if (!before) return;
    const now = this.pixel(event);
    const other = [...this.down].find(([id]) => id !== event.pointerId)?.[1];
    const { view, size } = this.rack;
    const share = other ? 0.5 : 1; // the middle of two fingers goes half as far as one of them
    const moved = panned(view, (now.x - before.x) * share, (now.y - before.y) * share);
    this.rack.show(other ? zoomed(moved, size, middle(now, other), distance(now, other) / Math.max(1, distance(before, other))) : moved);
    this.down.set(event.pointerId, now);
  }

  private lift(event: PointerEvent): void {
    this.down.delete(event.pointerId);
    if (this.down.size === 0) this.rack.element.classList.remove("panning");
  }

  /** A pinch on a touchpad comes as a wheel with Ctrl. */
  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
    const [x, y] = [event.deltaX * unit, event.deltaY * unit];
    if (event.ctrlKey || event.metaKey) this.rack.show(zoomed(this.rack.view, this.rack.size, this.pixel(event), ZOOM_PER_PIXEL ** -y));
    else if (event.shiftKey) this.rack.show(panned(this.rack.view, -(x || y), 0));
    else this.rack.show(panned(this.rack.view, -x, -y));
  }

  /** A finger on what is too small for it wants it larger. */
  private tap(event: MouseEvent): void {
    const module = tooSmall(event);
    if (!module) return;
    this.rack.close(module);
    this.tappedAt = event.timeStamp;
  }

  private close(event: MouseEvent): void {
    if (grasped(event) || event.timeStamp - this.tappedAt < DOUBLE_TAP_MS) return;
    // The press was captured, so that the rack is the target of all that follows.
    const module = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-module]")?.getAttribute("data-module");
    if (module) this.rack.close(module);
    else this.rack.fit();
  }

  private key(event: KeyboardEvent): void {
    const action = event.target === this.rack.element ? actionOf("rack", event) : null;
    if (!action) return;
    event.preventDefault();
    this.rack.show(panned(this.rack.view, WAYS[action].x, WAYS[action].y));
  }

  private pixel(event: MouseEvent): Place {
    const box = this.rack.element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}

function middle(one: Place, other: Place): Place {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}
