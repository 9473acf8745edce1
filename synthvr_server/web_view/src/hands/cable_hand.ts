/** Pulling, plugging and unplugging cables. Nothing is changed before the hand lets go. */
import type { Command, Jack } from "../protocol/messages";
import type { Client } from "../state/client";
import { cablesAt, connect } from "../state/edits";
import type { Overlay } from "../drawing/overlay";
import type { RackView } from "../drawing/rack_view";
import { aimedJack, bare, otherSide, type AimedJack } from "./aimed_jack";

/** A cable in the hand: one end in a jack, the other loose; `taken` is the cable it was until now. */
interface Held {
  readonly fixed: AimedJack;
  readonly taken: string | null;
}

/** A loose end this near to a jack is drawn into it, mm. */
const SNAP_MM = 7;
/** Less than this is a click, pixels. */
const CLICK_PIXELS = 4;

export class CableHand {
  /** The last press became a cable: the click that follows it is none. */
  private pulled = false;
  /** A cable that was begun without a drag; it waits for a second jack. */
  private begun: Held | null = null;

  /** `opened` is told of a jack that was clicked, and where on the page. */
  constructor(
    private readonly client: Client, private readonly rack: RackView, private readonly overlay: Overlay,
    private readonly opened: (jack: AimedJack, x: number, y: number) => void,
  ) {
    const { element } = rack;
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("click", (event) => this.pulled || this.touch(event, event.clientX, event.clientY));
    element.addEventListener("contextmenu", (event) => this.touch(event, event.clientX, event.clientY));
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("pointermove", (event) => this.begun && this.follow(this.begun, event));
    for (const name of ["pointerover", "pointerleave", "focusin"]) element.addEventListener(name, (event) => this.regard(event));
  }

  /** Begins a cable that ends in the jack touched next; Escape drops it. */
  begin(jack: AimedJack): void {
    this.begun = { fixed: jack, taken: null };
    this.lightUp(this.begun);
    this.rack.jack(jack.module, jack.jack)?.focus();
    this.client.tell("good", `Choose an ${otherSide(jack.side)} for this cable; Escape drops it.`);
  }

  private press(event: PointerEvent): void {
    const jack = event.button === 0 ? aimedJack(event) : null;
    if (!jack) return;
    event.stopPropagation();
    this.pulled = false;
    const element = event.target as Element;
    let held: Held | null = null;
    const move = (moved: Event) => {
      const { clientX, clientY } = moved as PointerEvent;
      if (!held && Math.hypot(clientX - event.clientX, clientY - event.clientY) < CLICK_PIXELS) return;
      if (!held) this.lightUp((held = this.take(jack)));
      this.follow(held, moved as PointerEvent);
    };
    const end = (ended: Event) => {
      element.removeEventListener("pointermove", move);
      element.removeEventListener("pointerup", end);
      element.removeEventListener("pointercancel", end);
      if (!held) return;
      this.pulled = true;
      if (ended.type === "pointerup") this.plug(held, this.target(held, ended as PointerEvent));
      this.letGo();
    };
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", end);
    element.addEventListener("pointercancel", end);
    element.setPointerCapture(event.pointerId);
  }

  /** A click, or Enter: the second jack of a cable that was begun, or else the jack's menu. */
  private touch(event: Event, x: number, y: number): void {
    const jack = aimedJack(event);
    if (!jack) return;
    event.preventDefault();
    if (!this.begun) return this.opened(jack, x, y);
    if (jack.side !== otherSide(this.begun.fixed.side)) return;
    this.plug(this.begun, jack);
    this.letGo();
  }

  private key(event: KeyboardEvent): void {
    if (event.key === "Escape" && this.begun) {
      event.stopPropagation();
      this.letGo();
    }
    if ((event.key !== "Enter" && event.key !== " ") || !aimedJack(event)) return;
    const box = (event.target as Element).getBoundingClientRect();
    this.touch(event, box.right, box.top);
  }

  /** From an occupied input the hand takes the cable off; from anywhere else it pulls a new one. */
  private take(jack: AimedJack): Held {
    const { shown } = this.client.patch;
    const taken = jack.side === "input" ? cablesAt(shown, jack).at(-1) : undefined;
    const cable = taken === undefined ? undefined : shown.cables.get(taken);
    if (taken === undefined || !cable) return { fixed: jack, taken: null };
    return { fixed: { ...cable.from, side: "output" }, taken };
  }

  private follow(held: Held, event: PointerEvent): void {
    const target = this.target(held, event);
    const place = target && this.rack.placeOn(target.module, target.jack);
    this.overlay.loose = { fixed: held.fixed, end: place ?? this.rack.under(event) };
    this.overlay.hidden = held.taken;
    this.overlay.redraw();
    this.mark(target);
  }

  /** The nearest jack the loose end can go to. */
  private target(held: Held, event: PointerEvent): AimedJack | null {
    const hand = this.rack.under(event);
    let best: AimedJack | null = null;
    let reach = SNAP_MM;
    for (const jack of this.compatible(held)) {
      const place = this.rack.placeOn(jack.module, jack.jack);
      const away = place ? Math.hypot(place.x - hand.x, place.y - hand.y) : Infinity;
      if (away < reach) [best, reach] = [jack, away];
    }
    return best;
  }

  private *compatible({ fixed }: Held): Generator<AimedJack> {
    const side = otherSide(fixed.side);
    for (const module of this.client.patch.shown.modules.keys()) {
      const info = this.client.info(module);
      for (const { id } of (side === "input" ? info?.inputs : info?.outputs) ?? []) yield { module, jack: id, side };
    }
  }

  private plug({ fixed, taken }: Held, target: AimedJack | null): void {
    const { shown } = this.client.patch;
    const before = taken === null ? undefined : shown.cables.get(taken);
    if (before && target && before.to.module === target.module && before.to.jack === target.jack) return;
    const commands: Command[] = taken !== null ? [{ do: "disconnect", id: taken }] : [];
    if (target) {
      const [from, to] = fixed.side === "output" ? [fixed, target] : [target, fixed];
      const cable = connect(shown, bare(from), bare(to), before?.color);
      if (cable) commands.push(cable);
    }
    if (commands.length) void this.client.edit(...commands);
  }

  private lightUp(held: Held): void {
    this.rack.element.classList.add("patching", `to-${otherSide(held.fixed.side)}`);
  }

  private mark(target: Jack | null): void {
    for (const element of this.rack.element.querySelectorAll(".jack.target")) element.classList.remove("target");
    if (target) this.rack.jack(target.module, target.jack)?.classList.add("target");
  }

  private letGo(): void {
    this.begun = null;
    this.rack.element.classList.remove("patching", "to-input", "to-output");
    this.mark(null);
    this.overlay.loose = this.overlay.hidden = null;
    this.overlay.redraw();
  }

  /** The cables of the jack under the pointer stand out; over a knob all step aside. */
  private regard(event: Event): void {
    const jack = event.type === "pointerleave" ? null : aimedJack(event);
    this.overlay.regarded = jack && cablesAt(this.client.patch.shown, jack).length > 0 ? jack : null;
    this.overlay.aside = event.type !== "pointerleave" && event.target instanceof Element && event.target.closest("[data-knob]") !== null;
    this.overlay.redraw();
  }
}
