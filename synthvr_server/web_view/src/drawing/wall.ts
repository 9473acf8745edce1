/** The wall that the panels hang on: one for every module of the patch, in mm. What of it is seen is the rack view's. */
import type { PlacedModule } from "../protocol/messages";
import type { Client } from "../state/client";
import { Emitter } from "../state/emitter";
import { family } from "../state/catalogue";
import { GHOST_FAMILY } from "../state/ghost";
import type { RackPatch } from "../state/patch";
import { neighbour, type Place, type Rect } from "../state/placing";
import { ModuleView, placeOnRack } from "./module_view";
import { html } from "./svg";

export class Wall {
  readonly floor = html("div", { class: "floor" });
  /** A panel appeared, went or moved. */
  readonly panelsChanged = new Emitter();
  private readonly panels = new Map<string, ModuleView>();
  /** Where panels are that a hand is dragging. */
  private readonly dragged = new Map<string, Place>();
  private scale = 1;

  constructor(private readonly client: Client) {
    client.patch.changed.on((patch) => this.update(patch));
    client.catalogueChanged.on(() => this.update(client.patch.shown));
    client.knobs.changed.on((key) => this.updateKnob(key));
    client.engine.failuresChanged.on(() => this.showFailures());
  }

  get isEmpty(): boolean {
    return this.panels.size === 0;
  }

  get isDragging(): boolean {
    return this.dragged.size > 0;
  }

  /** Lays all words out for a view of `scale` pixels per mm. */
  fitWords(scale: number): void {
    if (scale === this.scale) return;
    this.scale = scale;
    for (const panel of this.panels.values()) panel.fit(scale);
  }

  rects(): Map<string, Rect> {
    const rects = new Map<string, Rect>();
    for (const [id, { info }] of this.panels) {
      const module = this.client.patch.shown.modules.get(id);
      if (module) rects.set(id, { ...this.placeOf(id, module), width: info.panel.width, height: info.panel.height });
    }
    return rects;
  }

  /** Where a jack or knob is; null where there is none. */
  placeOn(module: string, id: string): Place | null {
    const panel = this.panels.get(module);
    const placed = this.client.patch.shown.modules.get(module);
    if (!panel || !placed) return null;
    const { x, y } = this.placeOf(module, placed);
    return placeOnRack({ position: [x, y] }, panel.info, id);
  }

  panel(module: string): ModuleView | undefined {
    return this.panels.get(module);
  }

  jack(module: string, jack: string): SVGGElement | null {
    return this.panels.get(module)?.element.querySelector(`[data-jack="${CSS.escape(jack)}"]`) ?? null;
  }

  knob(module: string, knob: string): SVGGElement | null {
    return this.panels.get(module)?.element.querySelector(`[data-knob="${CSS.escape(knob)}"]`) ?? null;
  }

  /** A hand drags a panel; null when it is let go. */
  drag(module: string, place: Place | null): void {
    if (place) this.dragged.set(module, place);
    else this.dragged.delete(module);
    const placed = this.client.patch.shown.modules.get(module);
    const panel = this.panels.get(module);
    if (!placed || !panel) return;
    const { x, y } = this.placeOf(module, placed);
    panel.hang(x, y);
    panel.element.classList.toggle("dragged", place !== null);
    this.panelsChanged.emit();
  }

  private placeOf(id: string, module: PlacedModule): Place {
    return this.dragged.get(id) ?? { x: module.position[0], y: module.position[1] };
  }

  private update(patch: RackPatch): void {
    const focused = [...this.panels.values()].find(({ element }) => element.contains(document.activeElement));
    for (const [id, panel] of this.panels) {
      if (patch.modules.has(id) && !this.isOutdated(panel)) continue;
      panel.element.remove();
      this.panels.delete(id);
    }
    for (const [id, module] of patch.modules) {
      const panel = this.panels.get(id) ?? this.add(id);
      panel?.update(module, this.client.knobs);
    }
    if (focused && !focused.element.isConnected) this.passFocus(focused);
    this.panelsChanged.emit();
  }

  /** The focus of a panel that went: to the one drawn in its stead, or else to a neighbour. */
  private passFocus(gone: ModuleView): void {
    const next = this.panels.has(gone.id) ? gone.id : gone.rect && neighbour(gone.rect, this.rects());
    const heir = next ? this.panels.get(next)?.element : this.floor.closest<HTMLElement>("[tabindex]");
    heir?.focus({ preventScroll: true });
  }

  /**
   * The catalogue may say something else of a module now, and an id may be used again for another type after undo. What
   * is told of a ghost is made up anew every time; its jacks come and go with its cables.
   */
  private isOutdated(panel: ModuleView): boolean {
    const info = this.client.info(panel.id);
    if (info === panel.info) return false;
    const isGhost = info && [info, panel.info].every((one) => family(one) === GHOST_FAMILY);
    return !isGhost || info.id !== panel.info.id || JSON.stringify(info.panel.places) !== JSON.stringify(panel.info.panel.places);
  }

  private add(id: string): ModuleView | undefined {
    const info = this.client.info(id);
    if (!info) return undefined;
    const panel = new ModuleView(id, info);
    this.panels.set(id, panel);
    this.floor.append(panel.element);
    panel.fit(this.scale);
    panel.showFailure(this.client.engine.failures.get(id));
    return panel;
  }

  private updateKnob(key: string): void {
    const cut = key.indexOf("/");
    const holder = this.client.knobs.holder(key as `${string}/${string}`);
    const isOther = holder !== undefined && holder !== this.client.session.client;
    const colour = isOther ? this.client.people.get(holder)?.color ?? "" : null;
    this.panels.get(key.slice(0, cut))?.updateKnob(key.slice(cut + 1), this.client.knobs, colour);
  }

  private showFailures(): void {
    for (const [id, panel] of this.panels) panel.showFailure(this.client.engine.failures.get(id));
  }
}
