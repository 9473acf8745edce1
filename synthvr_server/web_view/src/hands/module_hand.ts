/** Moving, naming and removing modules. */
import type { Client } from "../state/client";
import { moveModule } from "../state/edits";
import { titleOf } from "../state/naming";
import { nearestFree, snapped, type Rect } from "../state/placing";
import { shifted, type Way } from "../state/shifting";
import type { RackView } from "../drawing/rack_view";
import { enterLabel } from "../panels/label_entry";
import { grasped } from "./grasp";
import { actionOf } from "./keys";

export class ModuleHand {
  constructor(private readonly client: Client, private readonly rack: RackView) {
    rack.element.addEventListener("pointerdown", (event) => this.press(event));
    rack.element.addEventListener("click", (event) => this.click(event));
    rack.element.addEventListener("dblclick", (event) => this.doubleClick(event));
    rack.element.addEventListener("keydown", (event) => this.key(event));
  }

  private press(event: PointerEvent): void {
    const handle = event.button === 0 ? grasped(event, "[data-handle]") : null;
    const module = handle?.getAttribute("data-handle");
    if (!handle || !module) return;
    this.rack.panel(module)?.element.focus();
    const rects = this.rack.rects();
    const start = rects.get(module);
    if (!start) return;
    rects.delete(module);
    const others = [...rects.values()];
    const from = this.rack.under(event);
    let at: Rect = start;
    const move = (moved: Event) => {
      const hand = this.rack.under(moved as PointerEvent);
      at = { ...start, x: start.x + hand.x - from.x, y: start.y + hand.y - from.y };
      if (!(moved as PointerEvent).altKey) at = snapped(at, others);
      this.rack.drag(module, at);
    };
    const end = (ended: Event) => {
      handle.removeEventListener("pointermove", move);
      handle.removeEventListener("pointerup", end);
      handle.removeEventListener("pointercancel", end);
      if (ended.type === "pointerup" && at !== start) this.hang(module, nearestFree(at, others));
      this.rack.drag(module, null);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end);
    handle.addEventListener("pointercancel", end);
    handle.setPointerCapture(event.pointerId);
  }

  private hang(module: string, place: Rect): void {
    const placed = this.client.patch.shown.modules.get(module);
    if (placed) void this.client.edit(moveModule(module, placed, place));
  }

  /** Takes a name of the user's own, on the panel. */
  name(id: string): void {
    const placed = this.client.patch.shown.modules.get(id);
    const panel = this.rack.panel(id);
    if (!placed || !panel) return;
    enterLabel(panel.element, placed.label, panel.info.title, (label) => void this.client.edit({ do: "set_label", id, label }));
  }

  remove(id: string): void {
    const title = titleOf(this.client, id);
    void this.client.edit({ do: "remove_module", id }).then((done) => {
      if (done) this.client.tell("good", `Removed ${title}. Undo brings it back.`);
    });
  }

  private doubleClick(event: MouseEvent): void {
    const id = grasped(event, "[data-handle]")?.getAttribute("data-handle");
    if (id) this.name(id);
  }

  private click(event: MouseEvent): void {
    const module = event.target instanceof Element && event.target.closest("[data-remove]")?.getAttribute("data-remove");
    if (module) this.remove(module);
  }

  /** Only while the panel itself has the focus: a knob or a jack on it has keys of its own. */
  private key(event: KeyboardEvent): void {
    const element = event.target instanceof HTMLElement && event.target.matches(".module") ? event.target : null;
    const module = element?.dataset["module"];
    const action = module ? actionOf("module", event) : null;
    if (!module || !action) return;
    event.preventDefault();
    if (action === "remove") this.remove(module);
    else if (action === "name") this.name(module);
    else this.shift(module, action);
  }

  private shift(module: string, way: Way): void {
    const { modules } = this.client.patch.shown;
    const moves = [...shifted(this.rack.rects(), module, way)].flatMap(([id, place]) => {
      const placed = modules.get(id);
      return placed ? [moveModule(id, placed, place)] : [];
    });
    if (!moves.length) return;
    void this.client.edit(...moves);
    const rect = this.rack.rects().get(module);
    if (rect) this.rack.reveal(rect);
  }
}
