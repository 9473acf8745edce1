/** The rack: keeps one panel per module of the patch, and pans and zooms. */
import type { PlacedModule } from "../protocol/messages";
import type { Client } from "../state/client";
import type { RackPatch } from "../state/patch";
import { Emitter } from "../state/emitter";
import { bounds, type Place, type Rect } from "../state/placing";
import { BASE_SCALE, ModuleView, placeOnRack } from "./module_view";
import { html } from "./svg";
import { fitted, toRack, toScreen, type Size, type Viewport } from "./viewport";

/** While the view moves the browser scales a picture of the rack; it is drawn sharp when it has come to rest. */
const AT_REST_MS = 160;
const FIT_MARGIN = 32;

export class RackView {
  readonly element = html("div", { class: "rack", role: "application", "aria-label": "The rack" });
  private readonly hint = html("p", { class: "hint" }, "The rack is empty. Add a module, or take a patch from the library.");
  readonly viewChanged = new Emitter();
  /** A panel appeared, went or moved. */
  readonly panelsChanged = new Emitter();
  view: Viewport = { x: 0, y: 0, scale: 3 };
  private readonly floor = html("div", { class: "floor" });
  private readonly panels = new Map<string, ModuleView>();
  /** Where panels are that a hand is dragging. */
  private readonly dragged = new Map<string, Place>();
  private atRest = 0;
  private everFitted = false;

  constructor(private readonly client: Client) {
    this.element.append(this.floor, this.hint);
    client.patch.changed.on((patch) => this.update(patch));
    client.catalogueChanged.on(() => this.rebuild());
    client.knobs.changed.on((key) => this.updateKnob(key));
    client.failuresChanged.on(() => this.showFailures());
    new ResizeObserver(() => this.show(this.view)).observe(this.element);
  }

  get size(): Size {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  show(view: Viewport): void {
    this.view = view;
    const { width, height } = this.size;
    const zoom = view.scale / BASE_SCALE;
    const left = width / 2 - view.x * view.scale;
    const top = height / 2 + view.y * view.scale;
    this.floor.style.transform = `translate(${left}px, ${top}px) scale(${zoom})`;
    this.floor.classList.add("moving");
    clearTimeout(this.atRest);
    this.atRest = window.setTimeout(() => this.floor.classList.remove("moving"), AT_REST_MS);
    this.viewChanged.emit();
  }

  fit(): void {
    this.show(fitted(this.size, bounds([...this.rects().values()]), FIT_MARGIN));
  }

  /** The panels' rectangles, mm. */
  rects(): Map<string, Rect> {
    const rects = new Map<string, Rect>();
    for (const [id, { info }] of this.panels) {
      const module = this.client.patch.shown.modules.get(id);
      if (module) rects.set(id, { ...this.placeOf(id, module), width: info.panel.width, height: info.panel.height });
    }
    return rects;
  }

  /** Where a jack or knob is, mm; null where there is none. */
  placeOn(module: string, id: string): Place | null {
    const panel = this.panels.get(module);
    const placed = this.client.patch.shown.modules.get(module);
    if (!panel || !placed) return null;
    const { x, y } = this.placeOf(module, placed);
    return placeOnRack({ position: [x, y] }, panel.info, id);
  }

  screenPlaceOn(module: string, id: string): Place | null {
    const place = this.placeOn(module, id);
    return place && toScreen(this.view, this.size, place);
  }

  /** The place on the rack under a pointer, mm. */
  under(event: MouseEvent): Place {
    const box = this.element.getBoundingClientRect();
    return toRack(this.view, this.size, { x: event.clientX - box.left, y: event.clientY - box.top });
  }

  panel(module: string): ModuleView | undefined {
    return this.panels.get(module);
  }

  jack(module: string, jack: string): SVGGElement | null {
    return this.panels.get(module)?.element.querySelector(`[data-jack="${CSS.escape(jack)}"]`) ?? null;
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

  /** Draws every panel anew; a client that resumes may have missed nothing, and no other change would come. */
  private rebuild(): void {
    for (const panel of this.panels.values()) panel.element.remove();
    this.panels.clear();
    this.update(this.client.patch.shown);
  }

  private update(patch: RackPatch): void {
    for (const [id, panel] of this.panels) {
      if (patch.modules.has(id) && !this.isOutdated(panel)) continue;
      panel.element.remove();
      this.panels.delete(id);
    }
    for (const [id, module] of patch.modules) {
      const panel = this.panels.get(id) ?? this.add(id);
      panel?.update(module, this.client.knobs);
    }
    this.hint.hidden = this.panels.size > 0;
    if (!this.everFitted && this.panels.size) {
      this.everFitted = true;
      this.fit();
    }
    this.panelsChanged.emit();
  }

  /** A ghost's jacks come and go with its cables, and an id may be used again for another type after undo. */
  private isOutdated(panel: ModuleView): boolean {
    const info = this.client.info(panel.id);
    if (info === panel.info) return false;
    return info?.id !== panel.info.id || JSON.stringify(info.panel.places) !== JSON.stringify(panel.info.panel.places);
  }

  private add(id: string): ModuleView | undefined {
    const info = this.client.info(id);
    if (!info) return undefined;
    const panel = new ModuleView(id, info);
    this.panels.set(id, panel);
    this.floor.append(panel.element);
    panel.showFailure(this.client.failures.get(id));
    return panel;
  }

  private updateKnob(key: string): void {
    const cut = key.indexOf("/");
    const holder = this.client.knobs.holder(key as `${string}/${string}`);
    const hue = holder !== undefined && holder !== this.client.session.client ? this.client.people.get(holder)?.hue ?? 0 : null;
    this.panels.get(key.slice(0, cut))?.updateKnob(key.slice(cut + 1), this.client.knobs, hue);
  }

  private showFailures(): void {
    for (const [id, panel] of this.panels) panel.showFailure(this.client.failures.get(id));
  }
}
