/** One jack on a panel, drawn in mm around its centre. An output sits on a lighter plate. */
import type { JackInfo } from "../state/catalogue";
import { KIND_COLOURS } from "./colours";
import { PanelText } from "./panel_text";
import { svg } from "./svg";
import type { Room } from "./text_fit";

export const JACK_RADIUS = 3.1;
const HOLE_RADIUS = 1.65;
const LABEL_BELOW = 0.5;
const PLATE_ABOVE = 1.7;

export class JackView {
  readonly element: SVGGElement;
  private readonly label: PanelText;

  /** `room` is how wide and high jack and label may be, mm. */
  constructor(module: string, jack: JackInfo, x: number, y: number, room: Room) {
    const isOutput = jack.side === "output";
    const words = `${isOutput ? "Output" : "Input"} ${jack.label}, ${jack.kind}`;
    const top = JACK_RADIUS + LABEL_BELOW;
    const height = room.height - JACK_RADIUS - PLATE_ABOVE - top;
    const plate = { class: "jack-plate", x: -room.width / 2 + 0.5, y: -JACK_RADIUS - PLATE_ABOVE, width: room.width - 1, height: room.height - 0.6, rx: 1.4 };
    this.label = new PanelText(jack.label, "jack-label", { top, width: room.width - 1.4, height, size: 2.5 });
    this.element = svg("g", {
      class: `jack ${jack.side}`, transform: `translate(${x} ${y})`, tabindex: 0, role: "button",
      "data-jack": jack.id, "data-module": module, "data-side": jack.side, "aria-label": words,
      style: `--kind: ${KIND_COLOURS[jack.kind]}`,
    },
    svg("title", {}, jack.help ? `${words}: ${jack.help}` : words),
    ...(isOutput ? [svg("rect", plate)] : []),
    svg("circle", { class: "jack-glow", r: JACK_RADIUS + 1.5 }),
    svg("circle", { class: "jack-ring", r: JACK_RADIUS - 0.35 }),
    svg("circle", { class: "jack-hole", r: HOLE_RADIUS }),
    this.label.element);
  }

  fit(scale: number): void {
    this.label.fit(scale);
  }
}
