/** One jack on a panel, drawn in mm around its centre. An output sits on a lighter plate. */
import type { JackInfo } from "../state/catalogue";
import { KIND_COLOURS } from "./colours";
import { fittedText } from "./panel_text";
import { svg } from "./svg";

export const JACK_RADIUS = 3.1;
const HOLE_RADIUS = 1.65;

export function jackView(module: string, jack: JackInfo, x: number, y: number, room: number): SVGGElement {
  const isOutput = jack.side === "output";
  const words = `${isOutput ? "Output" : "Input"} ${jack.label}, ${jack.kind}`;
  return svg("g", {
    class: `jack ${jack.side}`, transform: `translate(${x} ${y})`, tabindex: 0, role: "button",
    "data-jack": jack.id, "data-module": module, "data-side": jack.side, "aria-label": words,
    style: `--kind: ${KIND_COLOURS[jack.kind]}`,
  },
  svg("title", {}, jack.help ? `${words}: ${jack.help}` : words),
  ...(isOutput ? [svg("rect", { class: "jack-plate", x: -room / 2 + 0.5, y: -JACK_RADIUS - 1.7, width: room - 1, height: JACK_RADIUS * 2 + 6.4, rx: 1.4 })] : []),
  svg("circle", { class: "jack-glow", r: JACK_RADIUS + 1.5 }),
  svg("circle", { class: "jack-ring", r: JACK_RADIUS - 0.35 }),
  svg("circle", { class: "jack-hole", r: HOLE_RADIUS }),
  fittedText(jack.label, { class: "jack-label", y: JACK_RADIUS + 3.2 }, room - 1.2, 2.35));
}
