/** One module on the rack: its panel with title, knobs, switches and jacks. Drawn once; afterwards only values move. */
import type { ModuleInfo, PlacedModule } from "../protocol/messages";
import { family, jacksOf } from "../state/catalogue";
import { GHOST_FAMILY } from "../state/ghost";
import type { KnobValues } from "../state/knob_values";
import type { Rect } from "../state/placing";
import { familyHue } from "./colours";
import { JackView } from "./jack_view";
import { KnobView } from "./knob_view";
import { BASE_SCALE, PanelText } from "./panel_text";
import { html, svg } from "./svg";
import { SwitchView } from "./switch_view";
import type { Room } from "./text_fit";

const TITLE_HEIGHT = 11;
/** What a title may take up where the view is far away: down to the first row of knobs, mm. */
const TITLE_ROOM = 14.5;
const LARGEST_KNOB = 4.8;
const SMALLEST_KNOB = 2.6;
/** A knob's radius as a share of the distance to its neighbours: room is left for arc and label. */
const KNOB_BY_WIDTH = 0.3;
const KNOB_BY_HEIGHT = 0.255;
const MOST_ROOM = 19;
/** From one row of the layout to the next, mm. */
const ROW_MM = 14;
/** Two places are in one row or column when they are no further apart than this. */
const SAME_LINE_MM = 6;

const BEING_MADE = "Being made: it sounds as soon as it is ready.";

type TurnedView = KnobView | SwitchView;

export class ModuleView {
  readonly element: HTMLElement;
  private readonly knobs = new Map<string, TurnedView>();
  private readonly jacks: JackView[] = [];
  private readonly title: PanelText;
  private module: PlacedModule | null = null;
  private scale = BASE_SCALE;

  constructor(readonly id: string, readonly info: ModuleInfo) {
    const { width, height } = info.panel;
    const kind = family(info);
    this.title = new PanelText(info.title, "title", { x: width / 2, top: 3.2, width: width - 1.6, height: TITLE_ROOM - 3.2, size: 4.1, bold: true });
    this.element = html("section", {
      class: ["module", ...(kind === GHOST_FAMILY ? ["ghost"] : []), ...(info.being_made ? ["making"] : [])].join(" "), "data-module": id, tabindex: 0, role: "group",
      style: `--hue: ${familyHue(kind)}; width: ${width * BASE_SCALE}px; height: ${height * BASE_SCALE}px`,
    },
    svg("svg", { viewBox: `0 0 ${width} ${height}`, width: width * BASE_SCALE, height: height * BASE_SCALE },
      svg("rect", { class: "panel", x: 0.15, y: 0.15, width: width - 0.3, height: height - 0.3, rx: 1.6 }),
      svg("path", { class: "panel-light", d: `M1.6 0.5H${width - 1.6}` }),
      svg("rect", { class: "family", x: width / 2 - 4, y: 10, width: 8, height: 0.7, rx: 0.35 }),
      svg("rect", { class: "handle", "data-handle": id, width, height: TITLE_HEIGHT }, svg("title", {}, info.being_made ? `${BEING_MADE} ${info.description}` : info.description)),
      this.title.element,
      ...this.knobViews(),
      ...this.jackViews()),
    html("button", { class: "remove", type: "button", "data-remove": id, tabindex: -1, title: "Remove this module", "aria-label": "Remove" }, "×"));
  }

  /** Shows where it hangs and how its knobs stand. */
  update(module: PlacedModule, values: KnobValues): void {
    if (module.position !== this.module?.position) this.hang(module.position[0], module.position[1]);
    if (module.label !== this.module?.label) this.name(module.label || this.info.title);
    this.module = module;
    for (const knob of this.info.knobs) this.knobs.get(knob.id)?.show(values.value(this.id, module, knob));
  }

  /** Where it hangs; null before it was ever shown. */
  get rect(): Rect | null {
    const { width, height } = this.info.panel;
    return this.module && { x: this.module.position[0], y: this.module.position[1], width, height };
  }

  /** Hangs the panel's centre at a place in mm, y up; while it is dragged this is not yet where the patch has it. */
  hang(x: number, y: number): void {
    const { width, height } = this.info.panel;
    this.element.style.left = `${(x - width / 2) * BASE_SCALE}px`;
    this.element.style.top = `${(-y - height / 2) * BASE_SCALE}px`;
  }

  /** Lays the words out anew for a view of `scale` pixels per mm. */
  fit(scale: number): void {
    this.scale = scale;
    for (const part of [this.title, ...this.knobs.values(), ...this.jacks]) part.fit(scale);
  }

  updateKnob(knob: string, values: KnobValues, holder: string | null): void {
    const info = this.info.knobs.find(({ id }) => id === knob);
    const view = this.knobs.get(knob);
    if (!info || !view || !this.module) return;
    view.show(values.value(this.id, this.module, info));
    view.showHolder(holder);
  }

  showFailure(sentence: string | undefined): void {
    this.element.classList.toggle("failed", sentence !== undefined);
    if (sentence === undefined) this.element.removeAttribute("title");
    else this.element.title = sentence;
  }

  private name(text: string): void {
    this.title.write(text);
    this.title.fit(this.scale);
    this.element.setAttribute("aria-label", text);
  }

  private knobViews(): SVGGElement[] {
    return this.info.knobs.flatMap((knob) => {
      const [x, y] = this.info.panel.places[knob.id] ?? [];
      if (x === undefined || y === undefined) return [];
      const room = this.roomAt(knob.id, x, y);
      const { width, height } = room;
      const radius = Math.max(SMALLEST_KNOB, Math.min(LARGEST_KNOB, width * KNOB_BY_WIDTH, height * KNOB_BY_HEIGHT));
      const view = knob.choices.length ? new SwitchView(this.id, knob, x, y, room) : new KnobView(this.id, knob, x, y, radius, room);
      this.knobs.set(knob.id, view);
      return [view.element];
    });
  }

  private jackViews(): SVGGElement[] {
    return jacksOf(this.info).flatMap((jack) => {
      const [x, y] = this.info.panel.places[jack.id] ?? [];
      if (x === undefined || y === undefined) return [];
      const view = new JackView(this.id, jack, x, y, this.roomAt(jack.id, x, y));
      this.jacks.push(view);
      return [view.element];
    });
  }

  /** mm that a knob or jack and its label may take up: to its neighbours in row and column, or to the edge. */
  private roomAt(id: string, x: number, y: number): Room {
    const { width, places } = this.info.panel;
    const others = Object.entries(places).filter(([other]) => other !== id).map(([, place]) => place);
    const beside = others.filter((place) => Math.abs(place[1] - y) < SAME_LINE_MM).map((place) => Math.abs(place[0] - x));
    const above = others.filter((place) => Math.abs(place[0] - x) < SAME_LINE_MM).map((place) => Math.abs(place[1] - y));
    return { width: Math.min(MOST_ROOM, 2 * Math.min(x, width - x), ...beside), height: Math.min(ROW_MM, ...above) };
  }
}

/** Where a jack or knob is on the rack, mm, y up. */
export function placeOnRack(module: { readonly position: readonly number[] }, info: ModuleInfo, id: string): { x: number; y: number } | null {
  const place = info.panel.places[id];
  if (!place) return null;
  const [x = 0, y = 0] = module.position;
  return { x: x - info.panel.width / 2 + place[0], y: y + info.panel.height / 2 - place[1] };
}

