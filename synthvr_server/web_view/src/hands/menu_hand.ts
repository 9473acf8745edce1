/** Opens the menu of what is under the pointer: right click, the menu key, a long press. */
import type { Overlay } from "../drawing/overlay";
import type { RackView } from "../drawing/rack_view";
import type { Menu, MenuContent } from "../panels/menu";
import type { RackMenus } from "../panels/rack_menus";
import { jackAt, type AimedJack } from "./aimed_jack";
import { isTouch } from "./grasp";

const LONG_PRESS_MS = 550;
/** A finger that goes further than this is no longer pressing, pixels. */
const STILL_PIXELS = 8;
const NEVER = Number.NEGATIVE_INFINITY;

export class MenuHand {
  /** Calls the press off that may become a long one. */
  private giveUp: () => void = () => {};
  /** When a long press has opened a menu, on the page's clock. */
  private openedAt = NEVER;

  constructor(private readonly rack: RackView, private readonly overlay: Overlay, private readonly menu: Menu, private readonly menus: RackMenus) {
    rack.element.addEventListener("contextmenu", (event) => this.ask(event));
    rack.element.addEventListener("pointerdown", (event) => isTouch(event) && this.press(event));
    for (const name of ["pointerup", "pointercancel"]) rack.element.addEventListener(name, () => this.giveUp());
    rack.element.addEventListener("click", (event) => this.swallow(event), { capture: true });
  }

  openJack(jack: AimedJack, x: number, y: number): void {
    this.open(this.menus.jack(jack), x, y);
  }

  /** Beside the menu that is open, or was just now. */
  openCable(id: string): void {
    const { left, top } = this.menu.element.style;
    this.open(this.menus.cable(id), parseFloat(left), parseFloat(top));
  }

  private ask(event: MouseEvent): void {
    event.preventDefault();
    if (performance.now() - this.openedAt < LONG_PRESS_MS) return; // the system's own long press comes as well
    const target = event.target instanceof Element ? event.target : this.rack.element;
    const isPointed = event.button === 2 || event.ctrlKey || isTouch(event); // or else it was the menu key
    if (isPointed) return this.open(this.contentAt(event, event.clientX, event.clientY), event.clientX, event.clientY);
    const box = target.getBoundingClientRect();
    this.open(this.contentOf(target), box.left + box.width / 2, box.top + box.height / 2);
  }

  private press(event: PointerEvent): void {
    this.giveUp();
    if (!event.isPrimary) return;
    this.openedAt = NEVER; // most browsers send no click after a long press: the next one is of this press
    const { clientX, clientY } = event;
    const moved = ({ clientX: x, clientY: y }: PointerEvent) => Math.hypot(x - clientX, y - clientY) > STILL_PIXELS && this.giveUp();
    const timer = window.setTimeout(() => {
      this.giveUp();
      this.openedAt = performance.now();
      this.rack.element.releasePointerCapture?.(event.pointerId);
      this.open(this.contentAt(event, clientX, clientY), clientX, clientY);
    }, LONG_PRESS_MS);
    this.rack.element.addEventListener("pointermove", moved);
    this.giveUp = () => {
      clearTimeout(timer);
      this.rack.element.removeEventListener("pointermove", moved);
      this.giveUp = () => {};
    };
  }

  /** The finger that pressed long lifts: that is no click. */
  private swallow(event: MouseEvent): void {
    if (this.openedAt === NEVER || !isTouch(event)) return;
    this.openedAt = NEVER;
    event.stopImmediatePropagation();
    event.preventDefault();
  }

  /** A cable lies over the panels, but knobs and jacks look through it. */
  private contentAt(event: Event, x: number, y: number): MenuContent | null {
    const target = event.target as Element;
    const box = this.rack.element.getBoundingClientRect();
    const cable = target.closest("[data-jack], [data-knob]") ? null : this.overlay.cableAt({ x: x - box.left, y: y - box.top });
    return cable ? this.menus.cable(cable.id) : this.contentOf(target);
  }

  private contentOf(target: Element): MenuContent | null {
    const jack = jackAt(target);
    if (jack) return this.menus.jack(jack);
    const knob = target.closest("[data-knob]");
    if (knob) return this.menus.knob(knob.getAttribute("data-module") ?? "", knob.getAttribute("data-knob") ?? "");
    const module = target.closest(".module")?.getAttribute("data-module");
    return module ? this.menus.module(module) : this.menus.whole();
  }

  private open(content: MenuContent | null, x: number, y: number): void {
    if (content) this.menu.open(content, x, y);
  }
}
