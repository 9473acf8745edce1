/** Panning and zooming the rack, and letting the others see where the pointer is. */
import type { Client } from "../state/client";
import type { RackView } from "../drawing/rack_view";
import { panned, zoomed } from "../drawing/viewport";

const ZOOM_PER_PIXEL = 1.0015;
const LINE_PIXELS = 40;
const PRESENCE_EVERY_MS = 50;
/** In front of the panels, mm. */
const POINTER_DEPTH = -15;

export class ViewHand {
  private told = 0;

  constructor(private readonly client: Client, private readonly rack: RackView) {
    const { element } = rack;
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    element.addEventListener("pointermove", (event) => this.point(event));
    element.addEventListener("pointerleave", () => this.leave());
  }

  /** What no other hand has taken: the background, a panel's plain face, the middle button anywhere. */
  private press(event: PointerEvent): void {
    if (!(event.target instanceof Element) || event.button > 1) return;
    if (event.button === 0 && event.target.closest("[data-knob], [data-jack], [data-handle], button")) return;
    const { element } = this.rack;
    let [x, y] = [event.clientX, event.clientY];
    const move = (moved: PointerEvent) => {
      this.rack.show(panned(this.rack.view, moved.clientX - x, moved.clientY - y));
      [x, y] = [moved.clientX, moved.clientY];
    };
    const end = () => {
      element.removeEventListener("pointermove", move);
      element.removeEventListener("lostpointercapture", end);
      element.classList.remove("panning");
    };
    element.addEventListener("pointermove", move);
    element.addEventListener("lostpointercapture", end);
    element.setPointerCapture(event.pointerId);
    element.classList.add("panning");
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
    if (event.shiftKey) {
      this.rack.show(panned(this.rack.view, -(event.deltaX || event.deltaY) * unit, 0));
      return;
    }
    const box = this.rack.element.getBoundingClientRect();
    const pixel = { x: event.clientX - box.left, y: event.clientY - box.top };
    this.rack.show(zoomed(this.rack.view, this.rack.size, pixel, ZOOM_PER_PIXEL ** (-event.deltaY * unit)));
  }

  private point(event: PointerEvent): void {
    if (event.timeStamp - this.told < PRESENCE_EVERY_MS || this.client.people.all.length < 2) return;
    this.told = event.timeStamp;
    const { x, y } = this.rack.under(event);
    this.client.session.send({
      type: "presence",
      right: { position: [x, y, POINTER_DEPTH], rotation: [0, 0, 0, 1] },
      holding: this.client.knobs.heldBy(this.client.session.client).slice(0, 4),
    });
  }

  private leave(): void {
    if (this.client.people.all.length > 1) this.client.session.send({ type: "presence" });
  }
}
