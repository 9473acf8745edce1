/**
 * Paints what the modules are doing: a ring of light round every output, a bar at the foot of every panel, its load.
 * On the canvas and not in the panels' SVG: one changed word there makes the browser draw a whole panel again.
 */
import type { Client } from "../state/client";
import { peak, SILENT } from "../state/meters";
import { brightness, css, flowColour } from "./flow_colour";
import { JACK_RADIUS } from "./jack_view";
import type { RackView } from "./rack_view";
import { SMALLEST_PIXELS } from "./text_fit";
import { toScreen } from "./viewport";

const RING_MM = 0.55;
const BAR_MM = 1;
const BAR_MARGIN_MM = 4;
const BAR_FOOT_MM = 8;
const WORDS_FOOT_MM = 2.4;
const WORDS_MM = 2.2;
/** Where words that can be read no longer fit below the bar, they are left out, mm. */
const WORDS_ROOM_MM = 5.4;
const QUIET = "rgb(255 255 255 / 0.55)";
const ALARM = "#ff8f80";
/** A load is averaged over about this many meters, half a second: figures must stand still to be read. */
const AVERAGED = 15;

export class MeterPaint {
  private readonly loads = new Map<string, number>();

  constructor(private readonly client: Client, private readonly rack: RackView) {
    client.meters.changed.on(() => this.average());
  }

  draw(paper: CanvasRenderingContext2D): void {
    this.drawRings(paper);
    this.drawFeet(paper);
  }

  private average(): void {
    for (const id of this.client.patch.shown.modules.keys()) {
      const now = this.client.meters.cpu(id);
      const before = this.loads.get(id) ?? now;
      this.loads.set(id, before + (now - before) / AVERAGED);
    }
  }

  private drawRings(paper: CanvasRenderingContext2D): void {
    const { client, rack } = this;
    const width = Math.max(1, RING_MM * rack.view.scale);
    const radius = (JACK_RADIUS - 0.35) * rack.view.scale + 1.6 * width;
    paper.lineWidth = width;
    for (const id of client.patch.shown.modules.keys()) {
      client.info(id)?.outputs.forEach((output, index) => {
        const level = client.meters.level(id, index);
        const bright = brightness(level);
        const at = bright > 0 && rack.screenPlaceOn(id, output.id);
        if (!at) return;
        paper.strokeStyle = css(flowColour(level), bright);
        paper.beginPath();
        paper.arc(at.x, at.y, radius, 0, 2 * Math.PI);
        paper.stroke();
      });
    }
  }

  /** How loud the loudest output is, and the share of a block's time that the module takes. */
  private drawFeet(paper: CanvasRenderingContext2D): void {
    const { client, rack } = this;
    const { scale } = rack.view;
    const letters = Math.max(SMALLEST_PIXELS, WORDS_MM * scale);
    paper.font = `${letters}px system-ui, sans-serif`;
    paper.textAlign = "center";
    for (const [id, { x, y, width, height }] of rack.rects()) {
      const levels = client.info(id)?.outputs.map((_, index) => client.meters.level(id, index)) ?? [];
      const level = levels.reduce((one, other) => (peak(other) > peak(one) ? other : one), SILENT);
      const foot = toScreen(rack.view, rack.size, { x, y: y - height / 2 });
      const length = (width - 2 * BAR_MARGIN_MM) * scale;
      paper.fillStyle = "rgb(0 0 0 / 0.35)";
      paper.fillRect(foot.x - length / 2, foot.y - BAR_FOOT_MM * scale, length, BAR_MM * scale);
      paper.fillStyle = css(flowColour(level));
      paper.fillRect(foot.x - length / 2, foot.y - BAR_FOOT_MM * scale, length * brightness(level), BAR_MM * scale);
      if (letters <= WORDS_ROOM_MM * scale) this.drawWords(paper, id, foot.x, foot.y - WORDS_FOOT_MM * scale);
    }
  }

  private drawWords(paper: CanvasRenderingContext2D, id: string, x: number, y: number): void {
    const notFinite = this.client.meters.notFinite(id);
    const load = this.loads.get(id);
    paper.fillStyle = notFinite > 0 ? ALARM : QUIET;
    if (notFinite > 0) paper.fillText(`${notFinite} not finite`, x, y);
    else if (load !== undefined && this.client.meters.latest) paper.fillText(`${(load * 100).toFixed(1)} %`, x, y);
  }
}
