/** A knob with named positions, drawn in mm around its centre: its position in words, and a row of dots. */
import type { KnobInfo } from "../protocol/messages";
import { fittedText } from "./panel_text";
import { svg } from "./svg";

const HEIGHT = 5.2;
const MOST_WIDTH = 14;

export class SwitchView {
  readonly element: SVGGElement;
  private readonly words: SVGTextElement[];
  private readonly dots: SVGCircleElement[];
  private shown = -1;

  /** `room` is how wide it may be, mm. */
  constructor(module: string, private readonly info: KnobInfo, x: number, y: number, room: number) {
    const width = Math.min(MOST_WIDTH, room - 1);
    const count = info.choices.length;
    const pitch = Math.min(2, (width - 2) / Math.max(1, count - 1));
    this.words = info.choices.map((choice) => fittedText(choice, { class: "switch-word", y: 0.9 }, width - 1.4, 2.5));
    this.dots = info.choices.map((_, index) =>
      svg("circle", { class: "switch-dot", cx: (index - (count - 1) / 2) * pitch, cy: HEIGHT / 2 + 1.2, r: Math.min(0.5, pitch * 0.36) }));
    this.element = svg("g", {
      class: "knob switch", transform: `translate(${x} ${y})`, tabindex: 0, role: "slider", "data-knob": info.id,
      "data-module": module, "aria-label": info.label, "aria-valuemin": info.minimum, "aria-valuemax": info.maximum,
    },
    svg("rect", { class: "switch-body", x: -width / 2, y: -HEIGHT / 2, width, height: HEIGHT, rx: 1.3 }),
    ...this.words,
    ...this.dots,
    fittedText(info.label, { class: "knob-label", y: HEIGHT / 2 + 4.75 }, room - 0.6, 2.5));
  }

  show(value: number): void {
    const position = Math.round(value);
    if (position === this.shown) return;
    this.shown = position;
    this.words.forEach((word, index) => word.classList.toggle("on", index === position));
    this.dots.forEach((dot, index) => dot.classList.toggle("on", index === position));
    this.element.setAttribute("aria-valuenow", String(position));
    this.element.setAttribute("aria-valuetext", this.info.choices[position] ?? String(position));
  }

  showHolder(hue: number | null): void {
    this.element.classList.toggle("held", hue !== null);
    if (hue !== null) this.element.style.setProperty("--holder", String(hue));
  }
}
