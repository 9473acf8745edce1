/** What moves all the time, on one canvas over the rack: cables, levels, hands and heads of others. */
import type { Cable } from "../protocol/messages";
import type { Client } from "../state/client";
import type { JackInfo } from "../state/catalogue";
import { SILENT, type Level } from "../state/meters";
import type { Place } from "../state/placing";
import { hangingCurve, type Curve } from "./cable_curve";
import { drawCable, drawFeedbackMark, drawPlug } from "./cable_paint";
import { brightness, flowColour } from "./flow_colour";
import { MeterPaint } from "./meter_paint";
import { drawPerson } from "./person_paint";
import type { RackView } from "./rack_view";
import { html } from "./svg";
import { toScreen } from "./viewport";

/** How much of the cables is seen. */
export type CableLook = "full" | "faint" | "hidden";
const ALPHA: Readonly<Record<CableLook, number>> = { full: 0.94, faint: 0.28, hidden: 0 };
const ASIDE = 0.14; // alpha of the other cables while one jack is looked at

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
  private readonly meters: MeterPaint;
  private due = false;

  constructor(private readonly client: Client, private readonly rack: RackView) {
    this.meters = new MeterPaint(client, rack);
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
    this.meters.draw(this.paper);
    this.drawCables();
    if (this.loose) this.drawLoose(this.loose);
    for (const person of this.client.people.all) {
      if (person.presence) drawPerson(this.paper, person, (place) => toScreen(this.rack.view, this.rack.size, place));
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
