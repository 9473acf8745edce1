/** Paints levels in dB over a logarithmic frequency axis. */
import { freshPaper } from "../drawing/paper";

const LOWEST_HZ = 20;
const TOP_DB = 6;
const BOTTOM_DB = -120;
const MARKS_HZ = [50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000];
const MARKS_DB = [0, -20, -40, -60, -80, -100];
const GRID = "rgb(255 255 255 / 0.07)";
const WORDS = "rgb(255 255 255 / 0.45)";

/** `levels` are bins from 0 Hz up to half the rate. */
export function drawSpectrum(canvas: HTMLCanvasElement, levels: Float32Array, rate: number): void {
  const { paper, width, height } = freshPaper(canvas);
  const highest = rate / 2;
  const xOf = (hertz: number) => (Math.log(hertz / LOWEST_HZ) / Math.log(highest / LOWEST_HZ)) * width;
  const yOf = (decibels: number) => ((TOP_DB - Math.max(BOTTOM_DB, decibels)) / (TOP_DB - BOTTOM_DB)) * height;
  drawMarks(paper, width, height, xOf, yOf);
  paper.beginPath();
  paper.moveTo(0, height);
  for (let x = 0; x <= width; x++) {
    const from = LOWEST_HZ * (highest / LOWEST_HZ) ** (x / width);
    const to = LOWEST_HZ * (highest / LOWEST_HZ) ** ((x + 1) / width);
    paper.lineTo(x, yOf(loudest(levels, (2 * from * levels.length) / rate, (2 * to * levels.length) / rate)));
  }
  paper.lineTo(width, height);
  const fill = paper.createLinearGradient(0, 0, 0, height);
  fill.addColorStop(0, "rgb(98 191 224 / 0.55)");
  fill.addColorStop(1, "rgb(98 191 224 / 0.06)");
  paper.fillStyle = fill;
  paper.fill();
  paper.strokeStyle = "#62bfe0";
  paper.lineWidth = 1.2;
  paper.stroke();
}

/** The loudest bin between two, or what lies on the line between them where there is none. */
function loudest(levels: Float32Array, from: number, to: number): number {
  const [first, last] = [Math.ceil(from), Math.floor(to)];
  if (first > last) {
    const whole = Math.floor(from);
    const [before, after] = [levels[whole] ?? BOTTOM_DB, levels[whole + 1] ?? BOTTOM_DB];
    return before + (after - before) * (from - whole);
  }
  let level = -Infinity;
  for (let bin = first; bin <= last && bin < levels.length; bin++) level = Math.max(level, levels[bin]!);
  return level;
}

function drawMarks(
  paper: CanvasRenderingContext2D, width: number, height: number, xOf: (hertz: number) => number, yOf: (decibels: number) => number,
): void {
  paper.font = "10px system-ui, sans-serif";
  paper.fillStyle = WORDS;
  paper.strokeStyle = GRID;
  paper.lineWidth = 1;
  paper.beginPath();
  for (const hertz of MARKS_HZ) {
    const x = Math.round(xOf(hertz)) + 0.5;
    paper.moveTo(x, 0);
    paper.lineTo(x, height);
    if (x < width - 22) paper.fillText(hertz < 1000 ? String(hertz) : `${hertz / 1000}k`, x + 3, height - 4);
  }
  for (const decibels of MARKS_DB) {
    const y = Math.round(yOf(decibels)) + 0.5;
    paper.moveTo(0, y);
    paper.lineTo(width, y);
    paper.fillText(`${decibels} dB`.replace("-", "−"), 3, y + 11);
  }
  paper.stroke();
}
