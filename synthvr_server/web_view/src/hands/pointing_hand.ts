/** Lets the others see where the pointer is. */
import type { RackView } from "../drawing/rack_view";
import type { Client } from "../state/client";

const PRESENCE_EVERY_MS = 50;
/** In front of the panels, mm. */
const POINTER_DEPTH = -15;

export class PointingHand {
  private told = 0;

  constructor(private readonly client: Client, private readonly rack: RackView) {
    rack.element.addEventListener("pointermove", (event) => this.point(event));
    rack.element.addEventListener("pointerleave", () => this.leave());
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
