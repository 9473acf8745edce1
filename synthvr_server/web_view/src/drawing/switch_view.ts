/** A knob with named positions, drawn in mm around its centre: its position in words, and a row of dots. */
import type { KnobInfo } from "../protocol/messages";
import { BASE_SCALE, PanelText } from "./panel_text";
import { svg } from "./svg";
import type { Room } from "./text_fit";

const HEIGHT = 5.2;
const MOST_WIDTH = 14.6;
/** Height of the row of dots, mm. */
const DOTS = 2;

export class SwitchView {
  readonly element: SVGGElement;
  private readonly label: PanelText;
  private readonly words: PanelText;
  private readonly dots: SVGCircleElement[];
  private shown = -1;
  private scale = BASE_SCALE;

  /** `room` is how wide and high it and its label may be, mm. */
  constructor(module: string, private readonly info: KnobInfo, x: number, y: number, room: Room) {
    const width = Math.min(MOST_WIDTH, room.width - 0.6);
    const count = info.choices.length;
    const pitch = Math.min(2, (width - 2) / Math.max(1, count - 1));
    const top = HEIGHT / 2 + DOTS;
    this.label = new PanelText(info.label, "knob-label", { top, width: room.width - 0.8, height: room.height - top - HEIGHT / 2 - 0.4, size: 2.6 });
    this.words = new PanelText("", "switch-word", { top: -HEIGHT / 2, width: width - 0.8, height: HEIGHT, size: 2.6, bold: true });
    this.dots = info.choices.map((_, index) =>
      svg("circle", { class: "switch-dot", cx: (index - (count - 1) / 2) * pitch, cy: HEIGHT / 2 + 1.15, r: Math.min(0.5, pitch * 0.36) }));
    this.element = svg("g", {
      class: "knob switch", transform: `translate(${x} ${y})`, tabindex: 0, role: "slider", "data-knob": info.id,
      "data-module": module, "aria-label": info.label, "aria-valuemin": info.minimum, "aria-valuemax": info.maximum,
    },
    svg("rect", { class: "switch-body", x: -width / 2, y: -HEIGHT / 2, width, height: HEIGHT, rx: 1.3 }),
    this.words.element,
    ...this.dots,
    this.label.element);
  }

  show(value: number): void {
    const position = Math.round(value);
    if (position === this.shown) return;
    this.shown = position;
    this.words.write(this.info.choices[position] ?? String(position));
    this.words.fit(this.scale);
    this.dots.forEach((dot, index) => dot.classList.toggle("on", index === position));
    this.element.setAttribute("aria-valuenow", String(position));
    this.element.setAttribute("aria-valuetext", this.info.choices[position] ?? String(position));
  }

  fit(scale: number): void {
    this.scale = scale;
    this.words.fit(scale);
    this.label.fit(scale);
  }

  showHolder(colour: string | null): void {
    this.element.classList.toggle("held", colour !== null);
    if (colour !== null) this.element.style.setProperty("--holder", colour);
  }
}
