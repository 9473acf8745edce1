/** Hangs modules: new ones beside the one touched last, and all of them by signal flow where nobody has hung them yet. */
import type { RackView } from "../drawing/rack_view";
import type { Command, ModuleInfo, PlacedModule } from "../protocol/messages";
import { placeOfNew } from "../state/adding";
import { arranged, unplaced } from "../state/arranging";
import type { Client } from "../state/client";
import { addModule, moveModule } from "../state/edits";
import { bounds, ROW_MM } from "../state/placing";

export class HangingHand {
  private touched: string | null = null;

  constructor(private readonly client: Client, private readonly rack: RackView) {
    for (const name of ["pointerdown", "focusin"]) rack.element.addEventListener(name, (event) => this.regard(event));
    client.patchReplaced.on(() => this.hangUnplaced());
  }

  /** `like` is a module whose knobs the new one takes over. */
  add(info: ModuleInfo, like?: PlacedModule): void {
    const rects = this.rack.rects();
    const last = (this.touched !== null && rects.get(this.touched)) || null;
    const { width, height } = info.panel;
    const place = placeOfNew({ width, height }, [...rects.values()], last, this.rack.seen);
    const command = addModule(info, place, like);
    void this.client.edit(command);
    this.rack.reveal({ ...place, width, height });
    this.rack.panel(command.id)?.element.focus({ preventScroll: true });
    this.touched = command.id;
  }

  duplicate(id: string): void {
    const placed = this.client.patch.shown.modules.get(id);
    const info = placed && this.client.catalogue.get(placed.type);
    if (!info) return this.client.tell("bad", "Nobody here knows this module: there is nothing to make another from.");
    this.touched = id;
    this.add(info, placed);
  }

  /** All modules anew, as fits this screen. */
  async arrange(): Promise<void> {
    const sizes = this.rack.rects();
    const moves = this.moves(arranged(this.client.patch.shown, sizes, this.aspect));
    if (moves.length && (await this.client.edit(...moves))) this.client.tell("good", "Arranged by signal flow. Undo brings the old places back.");
    this.rack.fit();
  }

  /** Of all who see it, the first to say so hangs them: whoever comes later is out of date, and need not be told. */
  private hangUnplaced(): void {
    const ids = new Set(unplaced(this.client.patch.confirmed));
    if (!ids.size) return;
    const rects = this.rack.rects();
    const sizes = new Map([...rects].filter(([id]) => ids.has(id)));
    const hung = bounds([...rects].filter(([id]) => !ids.has(id)).map(([, rect]) => rect));
    const places = arranged(this.client.patch.confirmed, sizes, this.aspect);
    const top = Math.max(...[...places.values()].map(({ y }) => y));
    const down = hung ? hung.y - hung.height / 2 - ROW_MM / 2 - top : 0; // into the first row below what hangs
    const moved = new Map([...places].map(([id, { x, y }]) => [id, { x, y: y + down }]));
    void this.client.editAt(this.client.patch.revision, this.moves(moved));
  }

  private moves(places: ReadonlyMap<string, { x: number; y: number }>): Command[] {
    const { modules } = this.client.patch.shown;
    return [...places].flatMap(([id, place]) => {
      const placed = modules.get(id);
      return placed && (placed.position[0] !== place.x || placed.position[1] !== place.y) ? [moveModule(id, placed, place)] : [];
    });
  }

  private get aspect(): number {
    const { width, height } = this.rack.size;
    return width / Math.max(1, height);
  }

  private regard({ target }: Event): void {
    this.touched = (target instanceof Element && target.closest(".module")?.getAttribute("data-module")) || this.touched;
  }
}
