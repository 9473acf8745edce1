/** One knob on a panel, drawn in mm around its centre: a track, an arc up to the value, a cap with its pointer. */
import type { KnobInfo } from "../protocol/messages";
import { angleOf, restingTurn, turnOf } from "../state/knob_scale";
import { knobText } from "../state/knob_text";
import { PanelText } from "./panel_text";
import { svg } from "./svg";
import type { Room } from "./text_fit";

/** The track is open below the knob: its label may begin within it, and its descenders end within the next, mm. */
const LABEL_BELOW = 0.9;

export class KnobView {
  readonly element: SVGGElement;
  private readonly label: PanelText;
  private readonly arc: SVGPathElement;
  private readonly cap: SVGGElement;
  private shown = Number.NaN;

  /** `radius` is the cap's, in mm; `room` is how wide and high knob and label may be. */
  constructor(module: string, private readonly info: KnobInfo, x: number, y: number, private readonly radius: number, room: Room) {
    const track = radius + 1.35;
    const top = radius + LABEL_BELOW;
    this.label = new PanelText(info.label, "knob-label", { top, width: room.width - 0.8, height: room.height - top - radius - 0.4, size: 2.6 });
    this.arc = svg("path", { class: "knob-arc" });
    this.cap = svg("g", { class: "knob-cap" },
      svg("circle", { class: "knob-skirt", r: radius }),
      svg("circle", { class: "knob-top", r: radius * 0.76 }),
      svg("path", { class: "knob-pointer", d: `M0 ${-radius * 0.36}V${-radius * 0.94}` }));
    this.element = svg("g", {
      class: "knob", transform: `translate(${x} ${y})`, tabindex: 0, role: "slider", "data-knob": info.id, "data-module": module,
      "aria-label": info.label, "aria-valuemin": info.minimum, "aria-valuemax": info.maximum, "aria-orientation": "vertical",
    },
    svg("circle", { class: "knob-ground", r: track + 0.9 }),
    svg("path", { class: "knob-track", d: arcPath(track, 0, 1) }),
    this.arc,
    svg("ellipse", { class: "knob-shadow", cy: radius * 0.28, rx: radius * 1.02, ry: radius }),
    this.cap,
    this.label.element);
  }

  /** The value in the knob's own unit. */
  show(value: number): void {
    if (value === this.shown) return;
    this.shown = value;
    const turn = turnOf(this.info, value);
    this.arc.setAttribute("d", arcPath(this.radius + 1.35, restingTurn(this.info), turn));
    this.cap.setAttribute("transform", `rotate(${angleOf(turn).toFixed(2)})`);
    this.element.setAttribute("aria-valuenow", String(value));
    this.element.setAttribute("aria-valuetext", knobText(this.info, value));
  }

  fit(scale: number): void {
    this.label.fit(scale);
  }

  /** Colour of whoever else holds it; null for nobody. */
  showHolder(colour: string | null): void {
    this.element.classList.toggle("held", colour !== null);
    if (colour !== null) this.element.style.setProperty("--holder", colour);
  }
}

/** The arc between two turns, whichever comes first. */
export function arcPath(radius: number, one: number, other: number): string {
  const [from, to] = one < other ? [one, other] : [other, one];
  const [start, end] = [at(radius, from), at(radius, to)];
  const large = angleOf(to) - angleOf(from) > 180 ? 1 : 0;
  return `M${start}A${radius} ${radius} 0 ${large} 1 ${end}`;
}

function at(radius: number, turn: number): string {
  const radians = (angleOf(turn) * Math.PI) / 180;
  return `${(radius * Math.sin(radians)).toFixed(3)} ${(-radius * Math.cos(radians)).toFixed(3)}`;
}
