/** Text on a panel, in mm, that stays readable at every zoom of the view. */
import { svg } from "./svg";
import { fitText, type Measure } from "./text_fit";

/** Where a text may be: the middle of its top edge, and how wide and high it may become, mm. */
export interface TextPlace {
  readonly x?: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Size of the letters where there is room enough, mm. */
  readonly size: number;
  readonly bold?: boolean;
}

/** CSS pixels per mm before the view is scaled: text is laid out at a size browsers do well. */
export const BASE_SCALE = 4;
/** From the top of a line to its base, as a share of the letters' size. */
const BASE = 0.82;
/** The panels' font is measured once at this size, pixels. */
const MEASURED_AT = 100;
const FAMILY = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

export class PanelText {
  readonly element: SVGTextElement;

  constructor(private text: string, kind: string, private readonly place: TextPlace) {
    this.element = svg("text", { class: kind, "text-anchor": "middle", x: place.x ?? 0, y: place.top, "font-size": place.size }, text);
  }

  write(text: string): void {
    this.text = text;
  }

  /** `scale` is pixels per mm. */
  fit(scale: number): void {
    const { width, height, size, top, bold = false } = this.place;
    const fitted = fitText(this.text, { width: width * scale, height: height * scale }, size * scale, measure(bold));
    this.element.classList.toggle("unread", fitted === null);
    if (!fitted) return;
    const letters = fitted.size / scale;
    const middle = top + Math.max(0, Math.min(height, size * 1.25) - letters) / 2;
    if (this.element.textContent !== fitted.text) this.element.textContent = fitted.text;
    this.element.setAttribute("font-size", letters.toFixed(2));
    this.element.setAttribute("y", (middle + BASE * letters).toFixed(2));
  }
}

const widths = new Map<string, number>();
let paper: CanvasRenderingContext2D | null = null;

function measure(bold: boolean): Measure {
  return (text, size) => {
    const key = `${bold} ${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      paper ??= document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
      paper.font = `${bold ? 650 : 400} ${MEASURED_AT}px ${FAMILY}`;
      width = paper.measureText(text).width / MEASURED_AT;
      widths.set(key, width);
    }
    return width * size;
  };
}
