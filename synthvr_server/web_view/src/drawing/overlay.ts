/** What moves all the time, on one canvas over the rack: cables, levels, hands and heads of others. */
import type { Cable } from "../protocol/messages";
import type { Client } from "../state/client";
import type { JackInfo } from "../state/catalogue";
import { peak, SILENT, type Level } from "../state/meters";
import type { Place } from "../state/placing";
import { hangingCurve, type Curve } from "./cable_curve";
import { drawCable, drawFeedbackMark, drawPlug } from "./cable_paint";
import { brightness, css, flowColour } from "./flow_colour";
import { JACK_RADIUS } from "./jack_view";
import { drawPerson } from "./person_paint";
import type { RackView } from "./rack_view";
import { html } from "./svg";
import { toScreen } from "./viewport";

/** How much of the cables is seen. */
export type CableLook = "full" | "faint" | "hidden";
const ALPHA: Readonly<Record<CableLook, number>> = { full: 0.94, faint: 0.28, hidden: 0 };
const ASIDE = 0.14; // alpha of the other cables while one jack is looked at
const BAR_MM = 1;
const BAR_MARGIN_MM = 4;
const BAR_FOOT_MM = 8;

/** A cable in the hand. */
export interface LooseCable {
  readonly fixed: { readonly module: string; readonly jack: string; readonly side: JackInfo["side"] };
  readonly end: Place;
}

export class Overlay {
  readonly element = html("canvas", { class: "overlay", "aria-hidden": "true" });
  look: CableLook = "full";
  /** The jack the pointer is on: the others' cables step aside. */
  regarded: { module: string; jack: string } | null = null;
  /** The pointer is on a knob: all cables step aside. */
  aside = false;
  loose: LooseCable | null = null;
  /** The cable that the loose one was until now. */
  hidden: string | null = null;
  private readonly paper = this.element.getContext("2d") as CanvasRenderingContext2D;
  private due = false;

  constructor(private readonly client: Client, private readonly rack: RackView) {
    const redraw = () => this.redraw();
    rack.viewChanged.on(redraw);
    rack.panelsChanged.on(redraw);
    client.meters.changed.on(redraw);
    client.people.moved.on(redraw);
    client.people.changed.on(redraw);
  }

  /** Draws once before the next frame, however often it is asked. */
  redraw(): void {
    if (this.due) return;
    this.due = true;
    requestAnimationFrame(() => {
      this.due = false;
      this.draw();
    });
  }

  /** The curve of a cable in pixels of the view; null where an end has no jack. */
  curve(cable: Cable): Curve | null {
    const from = this.rack.screenPlaceOn(cable.from.module, cable.from.jack);
    const to = this.rack.screenPlaceOn(cable.to.module, cable.to.jack);
    return from && to && hangingCurve(from, to, this.rack.view.scale);
  }

  private draw(): void {
    const { width, height } = this.rack.size;
    const density = window.devicePixelRatio;
    if (this.element.width !== Math.round(width * density) || this.element.height !== Math.round(height * density)) {
      this.element.width = Math.round(width * density);
      this.element.height = Math.round(height * density);
    }
    this.paper.setTransform(density, 0, 0, density, 0, 0);
    this.paper.clearRect(0, 0, width, height);
    this.drawLevels();
    this.drawBars();
    this.drawCables();
    if (this.loose) this.drawLoose(this.loose);
    for (const person of this.client.people.all) {
      if (person.presence) drawPerson(this.paper, person, (place) => toScreen(this.rack.view, this.rack.size, place));
    }
  }

  /** A ring of light round every output that has something to say. */
  private drawLevels(): void {
    const { paper, client, rack } = this;
    const radius = (JACK_RADIUS - 0.35) * rack.view.scale;
    paper.lineWidth = Math.max(1, 0.55 * rack.view.scale);
    for (const id of client.patch.shown.modules.keys()) {
      client.info(id)?.outputs.forEach((output, index) => {
        const level = client.meters.level(id, index);
        const bright = brightness(level);
        const at = bright > 0 && rack.screenPlaceOn(id, output.id);
        if (!at) return;
        paper.strokeStyle = css(flowColour(level), bright);
        paper.beginPath();
        paper.arc(at.x, at.y, radius + paper.lineWidth * 1.6, 0, 2 * Math.PI);
        paper.stroke();
      });
    }
  }

  /** At the foot of every panel, how loud its loudest output is. */
  private drawBars(): void {
    const { paper, client, rack } = this;
    const { scale } = rack.view;
    for (const [id, { x, y, width, height }] of rack.rects()) {
      const levels = client.info(id)?.outputs.map((_, index) => client.meters.level(id, index)) ?? [];
      const level = levels.reduce((one, other) => (peak(other) > peak(one) ? other : one), SILENT);
      const foot = toScreen(rack.view, rack.size, { x: x - width / 2 + BAR_MARGIN_MM, y: y - height / 2 + BAR_FOOT_MM });
      const length = (width - 2 * BAR_MARGIN_MM) * scale;
      paper.fillStyle = "rgb(0 0 0 / 0.35)";
      paper.fillRect(foot.x, foot.y, length, BAR_MM * scale);
      paper.fillStyle = css(flowColour(level));
      paper.fillRect(foot.x, foot.y, length * brightness(level), BAR_MM * scale);
    }
  }

  private drawCables(): void {
    const { paper, client, rack } = this;
    const { scale } = rack.view;
    for (const [id, cable] of client.patch.shown.cables) {
      const curve = this.curve(cable);
      const alpha = this.alphaOf(cable);
      if (!curve || alpha === 0 || id === this.hidden) continue;
      const late = client.meters.isFeedback(id);
      const level = this.levelOf(cable);
      paper.globalAlpha = alpha;
      drawCable(paper, curve, scale, flowColour(level), brightness(level), cable.color, late);
      if (late) drawFeedbackMark(paper, curve, scale);
      drawPlug(paper, curve.from, scale, cable.color);
      drawPlug(paper, curve.to, scale, cable.color);
    }
    paper.globalAlpha = 1;
  }

  private drawLoose({ fixed, end }: LooseCable): void {
    const start = this.rack.screenPlaceOn(fixed.module, fixed.jack);
    if (!start) return;
    const { scale } = this.rack.view;
    const hand = toScreen(this.rack.view, this.rack.size, end);
    const [from, to] = fixed.side === "output" ? [start, hand] : [hand, start];
    drawCable(this.paper, hangingCurve(from, to, scale), scale, [235, 235, 245], 1, "", false);
    drawPlug(this.paper, from, scale, "");
    drawPlug(this.paper, to, scale, "");
  }

  private alphaOf(cable: Cable): number {
    const { regarded } = this;
    if (!regarded) return this.aside ? Math.min(ALPHA.faint, ALPHA[this.look]) : ALPHA[this.look];
    const touches = [cable.from, cable.to].some(({ module, jack }) => module === regarded.module && jack === regarded.jack);
    return touches ? 1 : Math.min(ASIDE, ALPHA[this.look]);
  }

  private levelOf(cable: Cable): Level {
    const index = this.client.info(cable.from.module)?.outputs.findIndex(({ id }) => id === cable.from.jack) ?? -1;
    return index < 0 ? SILENT : this.client.meters.level(cable.from.module, index);
  }
}
