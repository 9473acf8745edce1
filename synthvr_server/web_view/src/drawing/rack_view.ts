/** The rack on the screen: the wall with its panels, panned and zoomed. */
import type { Client } from "../state/client";
import { Emitter } from "../state/emitter";
import { bounds, type Place, type Rect } from "../state/placing";
import { BASE_SCALE } from "./panel_text";
import { html } from "./svg";
import { fitted, LARGEST_SCALE, opened, revealed, toRack, toScreen, type Size, type Viewport } from "./viewport";
import { Wall } from "./wall";

/** While the view moves the browser scales a picture of the rack; it is drawn sharp when it has come to rest. */
const AT_REST_MS = 160;
const FIT_MARGIN = 12;
/** Round one module that fills the view, pixels. */
const MODULE_MARGIN = 20;

export class RackView extends Wall {
  readonly element = html("div", { class: "rack", role: "application", "aria-label": "The rack", tabindex: 0 });
  private readonly hint = html("p", { class: "hint" }, "The rack is empty. Add a module, or take a patch from the library.");
  readonly viewChanged = new Emitter();
  view: Viewport = { x: 0, y: 0, scale: BASE_SCALE };
  private shownAt: Size = { width: 0, height: 0 };
  private atRest = 0;
  /** What the view keeps to while the screen or the rack changes, until somebody moves it. */
  private keeping: "opened" | "fitted" | null = "opened";

  constructor(client: Client) {
    super(client);
    this.element.append(this.floor, this.hint);
    this.panelsChanged.on(() => this.follow());
    client.patchReplaced.on(() => this.keep("opened"));
    this.element.addEventListener("focusin", ({ target }) => this.attend(target as Element));
    new ResizeObserver(() => this.settle()).observe(this.element);
  }

  get size(): Size {
    return { width: this.element.clientWidth, height: this.element.clientHeight };
  }

  /** The part of the rack that is in the view, mm. */
  get seen(): Rect {
    const { width, height } = this.size;
    const { x, y, scale } = this.view;
    return { x, y, width: width / scale, height: height / scale };
  }

  show(view: Viewport): void {
    this.keeping = null;
    this.view = view;
    const { width, height } = (this.shownAt = this.size);
    const left = width / 2 - view.x * view.scale;
    const top = height / 2 + view.y * view.scale;
    this.floor.style.transform = `translate(${left}px, ${top}px) scale(${view.scale / BASE_SCALE})`;
    this.floor.classList.add("moving");
    clearTimeout(this.atRest);
    this.atRest = window.setTimeout(() => this.rest(), AT_REST_MS);
    this.viewChanged.emit();
  }

  /** Shows the whole rack, as large as the screen allows, and keeps to it while the screen or the rack changes. */
  fit(): void {
    this.keep("fitted");
  }

  /** Fills the view with one module; with the whole rack again where it does so already. */
  close(module: string): void {
    const rect = this.rects().get(module);
    if (!rect) return this.fit();
    const view = fitted(this.size, rect, MODULE_MARGIN, LARGEST_SCALE);
    const isThere = Math.abs(view.scale - this.view.scale) < 0.01 && Math.hypot(view.x - this.view.x, view.y - this.view.y) < 1;
    if (isThere) this.fit();
    else this.show(view);
  }

  /** Moves the view no further than needed to have all of a panel in it. */
  reveal(rect: Rect): void {
    const view = revealed(this.view, this.size, rect, FIT_MARGIN);
    if (view !== this.view) this.show(view);
  }

  /** The view anew for the size that the rack has on the page now. */
  private settle(): void {
    if (this.keeping) this.keep(this.keeping);
    else this.show(this.view);
  }

  /** What is reached with the keyboard comes into the view. */
  private attend(target: Element): void {
    if (target === this.element || !target.matches(":focus-visible")) return;
    // The first module that plays notes brings the piano: the rack is lower already, and nobody has told yet.
    if (this.size.width !== this.shownAt.width || this.size.height !== this.shownAt.height) this.settle();
    const [view, box] = [this.element.getBoundingClientRect(), target.getBoundingClientRect()];
    const middle = toRack(this.view, this.size, { x: box.left + box.width / 2 - view.left, y: box.top + box.height / 2 - view.top });
    this.reveal({ ...middle, width: box.width / this.view.scale, height: box.height / this.view.scale });
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

  private rest(): void {
    this.floor.classList.remove("moving");
    this.fitWords(this.view.scale);
  }

  private keep(what: "opened" | "fitted"): void {
    this.show(this.kept(what));
    this.keeping = what;
  }

  private kept(what: "opened" | "fitted"): Viewport {
    const whole = bounds([...this.rects().values()]);
    return what === "fitted" ? fitted(this.size, whole, FIT_MARGIN) : opened(this.size, whole, FIT_MARGIN);
  }

  /** A view of the rack grows and shrinks with it, but not under a hand that drags a panel. */
  private follow(): void {
    this.hint.hidden = !this.isEmpty;
    if (!this.keeping || this.isDragging) return;
    const { x, y, scale } = this.kept(this.keeping);
    if (x !== this.view.x || y !== this.view.y || scale !== this.view.scale) this.keep(this.keeping);
  }
}
