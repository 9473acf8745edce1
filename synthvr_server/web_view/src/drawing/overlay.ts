/**
 * What lies over the panels, on two canvases: cables and their plugs, which stand still most of the time, and what
 * moves with every meter: what flows in them, levels, hands and heads of others. Wide strokes are what costs.
 */
import type { Cable } from "../protocol/messages";
import type { JackInfo } from "../state/catalogue";
import type { Client } from "../state/client";
import { SILENT, type Level } from "../state/meters";
import type { Place } from "../state/placing";
import { aimedCable, type AimedCable } from "./cable_aim";
import { hangingCurve, type Curve } from "./cable_curve";
import { drawFeedbackMark, drawFlow, drawJacket, drawPlug } from "./cable_paint";
import { brightness, flowColour, type Rgb } from "./flow_colour";
import { MeterPaint } from "./meter_paint";
import { freshPaper } from "./paper";
import { drawPerson } from "./person_paint";
import type { RackView } from "./rack_view";
import { html } from "./svg";
import { toScreen } from "./viewport";

/** How much of the cables is seen. */
export type CableLook = "full" | "faint" | "hidden";
const ALPHA: Readonly<Record<CableLook, number>> = { full: 0.94, faint: 0.28, hidden: 0 };
const ASIDE = 0.14; // alpha of the other cables while one jack is looked at
/** A pointer this near to a cable is on it. */
const REACH_MM = 1.4;
const REACH_PIXELS = 4;
const IN_HAND: Rgb = [235, 235, 245];

/** A cable in the hand. */
export interface LooseCable {
  readonly fixed: { readonly module: string; readonly jack: string; readonly side: JackInfo["side"] };
  readonly end: Place;
}

interface SeenCable {
  readonly id: string;
  readonly cable: Cable;
  readonly curve: Curve;
  readonly alpha: number;
}

export class Overlay {
  readonly element = html("div", { class: "overlay" });
  look: CableLook = "full";
  /** The jack the pointer is on: the others' cables step aside. */
  regarded: { module: string; jack: string } | null = null;
  /** The pointer is on a knob: all cables step aside. */
  aside = false;
  loose: LooseCable | null = null;
  /** The cable that the loose one was until now. */
  hidden: string | null = null;
  private readonly still = html("canvas", { class: "layer", "aria-hidden": "true" });
  private readonly live = html("canvas", { class: "layer", "aria-hidden": "true" });
  private due: "nothing" | "live" | "all" = "nothing";
  private readonly meters: MeterPaint;
  private seen: SeenCable[] = [];

  constructor(private readonly client: Client, private readonly rack: RackView) {
    this.meters = new MeterPaint(client, rack);
    this.element.append(this.still, this.live);
    rack.viewChanged.on(() => this.redraw());
    rack.panelsChanged.on(() => this.redraw());
    for (const changed of [client.meters.changed, client.people.moved, client.people.changed]) changed.on(() => this.ask("live"));
  }

  /** The cable under a pixel of the view. */
  cableAt(pixel: Place): AimedCable | null {
    return aimedCable(this.seen, pixel, Math.max(REACH_PIXELS, REACH_MM * this.rack.view.scale));
  }

  /** Something other than a level has changed. */
  redraw(): void {
    this.ask("all");
  }

  /** Draws once before the next frame, however often it is asked. */
  private ask(what: "live" | "all"): void {
    if (this.due === "nothing") requestAnimationFrame(() => this.draw());
    if (this.due !== "all") this.due = what;
  }

  private draw(): void {
    if (this.due === "all") this.drawStill(freshPaper(this.still).paper); // first: it finds out where the cables are
    this.drawLive(freshPaper(this.live).paper);
    this.due = "nothing";
  }

  private drawStill(paper: CanvasRenderingContext2D): void {
    const { scale } = this.rack.view;
    this.seen = [...this.client.patch.shown.cables].flatMap(([id, cable]) => {
      const curve = id === this.hidden ? null : this.curve(cable);
      const alpha = this.alphaOf(cable);
      return curve && alpha > 0 ? [{ id, cable, curve, alpha }] : [];
    });
    for (const { cable, curve, alpha } of this.seen) {
      paper.globalAlpha = alpha;
      drawJacket(paper, curve, scale, cable.color);
      drawPlug(paper, curve.from, scale, cable.color);
      drawPlug(paper, curve.to, scale, cable.color);
    }
  }

  private drawLive(paper: CanvasRenderingContext2D): void {
    const { client, rack } = this;
    const { scale } = rack.view;
    this.meters.draw(paper);
    for (const { id, cable, curve, alpha } of this.seen) {
      const late = client.meters.isFeedback(id);
      const level = this.levelOf(cable);
      paper.globalAlpha = alpha;
      drawFlow(paper, curve, scale, flowColour(level), brightness(level), late);
      if (late) drawFeedbackMark(paper, curve, scale);
    }
    paper.globalAlpha = 1;
    if (this.loose) this.drawLoose(paper, this.loose);
    for (const person of client.people.all) {
      if (person.presence) drawPerson(paper, person, (place) => toScreen(rack.view, rack.size, place));
    }
  }

  private drawLoose(paper: CanvasRenderingContext2D, { fixed, end }: LooseCable): void {
    const start = this.rack.screenPlaceOn(fixed.module, fixed.jack);
    if (!start) return;
    const { scale } = this.rack.view;
    const hand = toScreen(this.rack.view, this.rack.size, end);
    const curve = fixed.side === "output" ? hangingCurve(start, hand, scale) : hangingCurve(hand, start, scale);
    drawJacket(paper, curve, scale, "");
    drawFlow(paper, curve, scale, IN_HAND, 1, false);
    drawPlug(paper, curve.from, scale, "");
    drawPlug(paper, curve.to, scale, "");
  }

  /** The curve of a cable in pixels of the view; null where an end has no jack. */
  private curve(cable: Cable): Curve | null {
    const from = this.rack.screenPlaceOn(cable.from.module, cable.from.jack);
    const to = this.rack.screenPlaceOn(cable.to.module, cable.to.jack);
    return from && to && hangingCurve(from, to, this.rack.view.scale);
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
