/** Scope and spectrum of one jack. */
import { button, html } from "../drawing/svg";
import { PitchMeter } from "../measure/pitch";
import { Spectrum } from "../measure/spectrum";
import { SampleWindow, voltsOf } from "../measure/trace";
import { float32Samples } from "../protocol/codec";
import type { Jack } from "../protocol/messages";
import type { Client } from "../state/client";
import { nearestNote, valueText } from "../state/knob_text";
import { jackName } from "../state/naming";
import { drawSpectrum } from "./spectrum_paint";
import { drawTrace, type TraceLook } from "./trace_paint";

const SPECTRUM_FRAMES = 8_192;
const PITCH_FRAMES = 16_384;
const KEPT_FRAMES = 96_000;
const READOUT_EVERY_MS = 200;
/** A falling level takes its time, so that the eye can follow. */
const FALL_DB = 3;
const MS_PER_DIVISION = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const VOLTS_PER_DIVISION = [0.1, 0.2, 0.5, 1, 2, 5];

export class ScopePanel {
  readonly element: HTMLElement;
  private readonly trace = html("canvas", { class: "trace", "aria-label": "Trace" });
  private readonly bars = html("canvas", { class: "spectrum", "aria-label": "Spectrum" });
  private readonly readout = html("p", { class: "readout" });
  private readonly look: TraceLook = { millisecondsPerDivision: 2, voltsPerDivision: 2 };
  private readonly window = new SampleWindow(KEPT_FRAMES);
  private readonly spectrum = new Spectrum(SPECTRUM_FRAMES);
  private readonly pitch = new PitchMeter(PITCH_FRAMES);
  private readonly end: () => void;
  private levels: Float32Array | null = null;
  private rate = 48_000;
  private read = 0;
  private due = false;

  constructor(client: Client, readonly jack: Jack, closed: (panel: ScopePanel) => void) {
    const name = jackName(client, jack);
    this.element = html("section", { class: "scope", "aria-label": `Scope of ${name}` },
      html("header", {}, html("h2", {}, name), button("×", { title: "Close", "aria-label": "Close" }, () => closed(this))),
      this.trace,
      html("div", { class: "scales" },
        scale("time", MS_PER_DIVISION, this.look.millisecondsPerDivision, "ms", (value) => (this.look.millisecondsPerDivision = value)),
        scale("level", VOLTS_PER_DIVISION, this.look.voltsPerDivision, "V", (value) => (this.look.voltsPerDivision = value))),
      this.bars,
      this.readout);
    const endPieces = client.scope.on((piece) => {
      if (piece.module !== jack.module || piece.jack !== jack.jack) return;
      this.rate = piece.rate;
      this.window.push(piece.sample_time, float32Samples(piece.samples));
      this.redraw();
    });
    const endUse = client.streams.use({ stream: "scope", module: jack.module, jack: jack.jack });
    this.end = () => {
      endPieces();
      endUse();
    };
  }

  close(): void {
    this.end();
    this.element.remove();
  }

  private redraw(): void {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame((now) => {
      this.due = false;
      drawTrace(this.trace, this.window, this.rate, this.look);
      if (this.window.length >= SPECTRUM_FRAMES) drawSpectrum(this.bars, this.fallen(), this.rate);
      if (now - this.read > READOUT_EVERY_MS) {
        this.read = now;
        this.readout.textContent = this.words();
      }
    });
  }

  private fallen(): Float32Array {
    const now = this.spectrum.levels(this.window.latest(SPECTRUM_FRAMES));
    const before = this.levels;
    this.levels = before ? now.map((level, bin) => Math.max(level, before[bin]! - FALL_DB)) : now;
    return this.levels;
  }

  private words(): string {
    const { lowest, highest, rms } = voltsOf(this.window.latest(SPECTRUM_FRAMES));
    const volts = `${valueText(lowest, "V")} to ${valueText(highest, "V")}  ·  RMS ${valueText(rms, "V")}`;
    const full = this.window.length >= PITCH_FRAMES;
    const hertz = full ? this.pitch.frequency(this.window.latest(PITCH_FRAMES), this.rate) : null;
    if (hertz === null) return volts;
    const { name, cents } = nearestNote(hertz);
    const away = `${cents < 0 ? "−" : "+"}${Math.abs(cents).toFixed(1)}`;
    return `${volts}  ·  ${hertz.toFixed(hertz < 100 ? 3 : 2)} Hz  ·  ${name} ${away} cents`;
  }
}

function scale(name: string, values: readonly number[], chosen: number, unit: string, choose: (value: number) => void): HTMLElement {
  const select = html("select", { "aria-label": `${unit} per division` }, ...values.map((value) => {
    const option = html("option", { value }, `${value} ${unit}/div`);
    option.selected = value === chosen;
    return option;
  }));
  select.addEventListener("change", () => choose(Number(select.value)));
  return html("label", {}, `${name} `, select);
}
