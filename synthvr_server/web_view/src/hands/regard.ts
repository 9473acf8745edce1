/** What a pointer regards: the cables of the jack under it stand out, over a knob all step aside, ends can be taken. */
import type { Overlay } from "../drawing/overlay";
import type { RackView } from "../drawing/rack_view";
import type { Client } from "../state/client";
import { cablesAt } from "../state/edits";
import { aimedJack } from "./aimed_jack";
import { grasped } from "./grasp";

export function regardCables(client: Client, rack: RackView, overlay: Overlay): void {
  const regard = (event: Event) => {
    const isHere = event.type !== "pointerleave" && event.target instanceof Element;
    const jack = isHere ? aimedJack(event) : null;
    overlay.regarded = jack && cablesAt(client.patch.shown, jack).length > 0 ? jack : null;
    overlay.aside = isHere && (event.target as Element).closest("[data-knob]") !== null;
    overlay.redraw();
  };
  rack.element.addEventListener("pointermove", (event) => {
    if (event.buttons) return;
    const box = rack.element.getBoundingClientRect();
    const cable = grasped(event) ? null : overlay.cableAt({ x: event.clientX - box.left, y: event.clientY - box.top });
    rack.element.classList.toggle("on-cable-end", Boolean(cable?.end));
  });
  for (const name of ["pointerover", "pointerleave", "focusin"]) rack.element.addEventListener(name, regard);
}
