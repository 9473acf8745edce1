/** Paints cables on a canvas: a dark jacket edged in the user's colour, a core that glows with what flows, plugs. */
import type { Place } from "../state/placing";
import { between, pointOn, type Curve } from "./cable_curve";
import { css, type Rgb } from "./flow_colour";

const JACKET_MM = 1.75;
const EDGE_MM = 0.28;
const CORE_MM = 0.85;
/** From this brightness on a cable lights its surroundings. */
const GLOWS = 0.35;
const DARK = "#23252e";
const PLUG_MM = 2.25;
const MARK_MM = 1.9;

/** `scale` is pixels per mm; an empty `jacket` is dark. */
export function drawJacket(paper: CanvasRenderingContext2D, curve: Curve, scale: number, jacket: string): void {
  trace(paper, curve);
  stroke(paper, "rgb(0 0 0 / 0.45)", Math.max(3, (JACKET_MM + 0.6) * scale));
  if (jacket) stroke(paper, jacket, Math.max(2, JACKET_MM * scale));
  stroke(paper, DARK, Math.max(1.6, (jacket ? JACKET_MM - 2 * EDGE_MM : JACKET_MM) * scale));
}

/** What flows, between the plugs; `bright` is 0–1. A late cable, heard one block after, is dashed. */
export function drawFlow(
  paper: CanvasRenderingContext2D, curve: Curve, scale: number, flow: Rgb, bright: number, late: boolean,
): void {
  const length = Math.hypot(curve.to.x - curve.from.x, curve.to.y - curve.from.y) + Math.hypot(curve.near.y - curve.from.y, curve.far.y - curve.to.y);
  const covered = Math.min(0.4, (PLUG_MM * scale) / Math.max(1, length));
  trace(paper, between(curve, covered, 1 - covered));
  if (bright > GLOWS) stroke(paper, css(flow, (bright - GLOWS) * 0.22), Math.max(4, (JACKET_MM + 1.6) * scale));
  if (late) paper.setLineDash([2.4 * scale, 1.8 * scale]);
  stroke(paper, css(flow, 0.45 + 0.55 * bright), Math.max(1.2, CORE_MM * scale));
  paper.setLineDash([]);
}

export function drawPlug(paper: CanvasRenderingContext2D, at: Place, scale: number, jacket: string): void {
  disc(paper, at, PLUG_MM * scale, "#101116");
  disc(paper, at, (PLUG_MM - 0.45) * scale, jacket || "#3a3d49");
  disc(paper, at, (PLUG_MM - 1.25) * scale, "#7d8294");
}

/** A small sign at the cable's lowest part: this one is heard one block late. */
export function drawFeedbackMark(paper: CanvasRenderingContext2D, curve: Curve, scale: number): void {
  const at = pointOn(curve, 0.5);
  const radius = MARK_MM * scale;
  disc(paper, at, radius * 1.25, "#15161c");
  paper.strokeStyle = "#f3c969";
  paper.lineWidth = Math.max(1, 0.45 * scale);
  paper.beginPath();
  paper.arc(at.x, at.y, radius * 0.72, -0.3 * Math.PI, 1.35 * Math.PI);
  paper.stroke();
  paper.fillStyle = "#f3c969";
  const [x, y] = [at.x + radius * 0.72 * Math.cos(-0.3 * Math.PI), at.y + radius * 0.72 * Math.sin(-0.3 * Math.PI)];
  paper.beginPath();
  paper.moveTo(x - radius * 0.5, y - radius * 0.25);
  paper.lineTo(x + radius * 0.35, y - radius * 0.4);
  paper.lineTo(x + radius * 0.15, y + radius * 0.5);
  paper.fill();
}

function trace(paper: CanvasRenderingContext2D, { from, near, far, to }: Curve): void {
  paper.lineCap = "round";
  paper.beginPath();
  paper.moveTo(from.x, from.y);
  paper.bezierCurveTo(near.x, near.y, far.x, far.y, to.x, to.y);
}

function stroke(paper: CanvasRenderingContext2D, colour: string, width: number): void {
  paper.strokeStyle = colour;
  paper.lineWidth = width;
  paper.stroke();
}

function disc(paper: CanvasRenderingContext2D, at: Place, radius: number, colour: string): void {
  paper.fillStyle = colour;
  paper.beginPath();
  paper.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  paper.fill();
}
