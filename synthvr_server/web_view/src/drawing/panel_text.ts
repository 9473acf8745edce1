/** Text on a panel, in mm, made smaller where there is little room. */
import { svg } from "./svg";

/** Mean advance of a letter of our sans serif, as a share of its size. */
const ADVANCE = 0.6;
const SMALLEST_MM = 1.5;

/** The size in mm at which `text` is no wider than `room`. */
export function fittedSize(text: string, room: number, size: number): number {
  return Math.max(SMALLEST_MM, Math.min(size, room / (ADVANCE * Math.max(1, text.length))));
}

export function fittedText(
  text: string, attributes: Readonly<Record<string, string | number>>, room: number, size: number,
): SVGTextElement {
  return svg("text", { "text-anchor": "middle", "font-size": fittedSize(text, room, size).toFixed(2), ...attributes }, text);
}
