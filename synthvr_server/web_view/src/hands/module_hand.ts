/** Moving, naming and removing modules. */
import type { Client } from "../state/client";
import { moveModule } from "../state/edits";
import { nearestFree, snapped, type Rect } from "../state/placing";
import type { RackView } from "../drawing/rack_view";
import { enterLabel } from "../panels/label_entry";

export class ModuleHand {
  constructor(private readonly client: Client, private readonly rack: RackView) {
    rack.element.addEventListener("pointerdown", (event) => this.press(event));
    rack.element.addEventListener("click", (event) => this.click(event));
    rack.element.addEventListener("dblclick", (event) => this.name(event));
    rack.element.addEventListener("keydown", (event) => this.key(event));
  }

  private press(event: PointerEvent): void {
    const handle = event.button === 0 && event.target instanceof Element ? event.target.closest("[data-handle]") : null;
    const module = handle?.getAttribute("data-handle");
    if (!handle || !module) return;
    event.stopPropagation();
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

  /** A double click on the title. */
  private name(event: MouseEvent): void {
    const id = event.target instanceof Element && event.target.closest("[data-handle]")?.getAttribute("data-handle");
    const placed = id && this.client.patch.shown.modules.get(id);
    const panel = id && this.rack.panel(id);
    if (!placed || !panel) return;
    enterLabel(panel.element, placed.label, panel.info.title, (label) => void this.client.edit({ do: "set_label", id, label }));
  }

  private click(event: MouseEvent): void {
    const module = event.target instanceof Element && event.target.closest("[data-remove]")?.getAttribute("data-remove");
    if (module) this.remove(module);
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Delete" || !(event.target instanceof Element)) return;
    const module = event.target.closest(".module")?.getAttribute("data-module");
    if (module) this.remove(module);
  }

  private remove(id: string): void {
    const title = this.client.info(id)?.title ?? id;
    void this.client.edit({ do: "remove_module", id }).then((done) => {
      if (done) this.client.tell("good", `Removed ${title}. Ctrl+Z brings it back.`);
    });
  }
}
