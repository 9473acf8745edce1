/** Paints a triggered trace: ten divisions across, eight up. */
import { lastTrigger, voltsOf, type SampleWindow } from "../measure/trace";
import { freshPaper } from "../drawing/paper";

export interface TraceLook {
  millisecondsPerDivision: number;
  voltsPerDivision: number;
}

const ACROSS = 10;
const UP = 8;
const GRID = "rgb(255 255 255 / 0.07)";
const AXIS = "rgb(255 255 255 / 0.18)";
const LINE = "#7fe0b0";
/** Frames that are searched for a trigger: two periods of a low note. */
const SEARCHED_SECONDS = 0.25;

export function drawTrace(canvas: HTMLCanvasElement, samples: SampleWindow, rate: number, look: TraceLook): void {
  const { paper, width, height } = freshPaper(canvas);
  drawGrid(paper, width, height);
  const frames = (look.millisecondsPerDivision / 1000) * ACROSS * rate;
  const shown = samples.latest(Math.ceil(frames + SEARCHED_SECONDS * rate));
  if (shown.length < 2) return;
  const { lowest, highest } = voltsOf(shown);
  const start = lastTrigger(shown, (lowest + highest) / 2, Math.ceil(frames)) ?? Math.max(0, shown.length - frames - 1);
  paper.strokeStyle = LINE;
  paper.lineWidth = 1.6;
  paper.lineJoin = "round";
  paper.beginPath();
  const pixels = Math.min(width, Math.floor(((shown.length - 1 - start) / frames) * width));
  for (let x = 0; x <= pixels; x++) {
    const [from, to] = [start + (x / width) * frames, start + ((x + 1) / width) * frames];
    for (const volts of extremes(shown, from, to)) {
      paper.lineTo(x, height / 2 - (volts / look.voltsPerDivision) * (height / UP));
    }
  }
  paper.stroke();
}

/** One voltage between two frames, or the lowest and highest of all in between. */
function extremes(samples: Float32Array, from: number, to: number): number[] {
  if (to - from <= 1) {
    const whole = Math.floor(from);
    const [before, after] = [samples[whole] ?? 0, samples[whole + 1] ?? samples[whole] ?? 0];
    return [before + (after - before) * (from - whole)];
  }
  const { lowest, highest } = voltsOf(samples.subarray(Math.floor(from), Math.ceil(to)));
  return [lowest, highest];
}

function drawGrid(paper: CanvasRenderingContext2D, width: number, height: number): void {
  paper.lineWidth = 1;
  for (let line = 1; line < ACROSS; line++) rule(paper, (line / ACROSS) * width, 0, (line / ACROSS) * width, height, GRID);
  for (let line = 1; line < UP; line++) rule(paper, 0, (line / UP) * height, width, (line / UP) * height, line === UP / 2 ? AXIS : GRID);
}

function rule(paper: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number, colour: string): void {
  paper.strokeStyle = colour;
  paper.beginPath();
  paper.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  paper.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
  paper.stroke();
}
