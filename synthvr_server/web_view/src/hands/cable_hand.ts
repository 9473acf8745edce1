/** Pulling, plugging and unplugging cables. Nothing is changed before the hand lets go. */
import type { Command, Jack } from "../protocol/messages";
import type { Client } from "../state/client";
import { cablesAt, connect } from "../state/edits";
import type { Overlay } from "../drawing/overlay";
import type { RackView } from "../drawing/rack_view";
import type { AimedCable } from "../drawing/cable_aim";
import { sameJack } from "../state/patch";
import { distance, type Place } from "../state/placing";
import { aimedJack, bare, otherSide, type AimedJack } from "./aimed_jack";
import { grasped } from "./grasp";
import { actionOf } from "./keys";
import { nearestJack } from "./nearest_jack";
import { regardCables } from "./regard";

/** A cable in the hand: one end in a jack, the other loose; `taken` is the cable it was until now. */
interface Held {
  readonly fixed: AimedJack;
  readonly taken: string | null;
}

/** Less than this is a click, pixels. */
const CLICK_PIXELS = 4;

export class CableHand {
  /** The last press became a cable: the click that follows it is none. */
  private pulled = false;
  /** A cable that was begun without a drag; it waits for a second jack. */
  private begun: Held | null = null;
  private pressedAt: Place = { x: 0, y: 0 };

  /** `opened` is told of a jack that was clicked or chosen with a key, and where on the page. */
  constructor(
    private readonly client: Client, private readonly rack: RackView, private readonly overlay: Overlay,
    private readonly opened: (jack: AimedJack, x: number, y: number) => void,
  ) {
    const { element } = rack;
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("pointerup", (event) => this.begun && this.isBeside(event) && this.letGo());
    element.addEventListener("click", (event) => this.pulled || this.touch(event, event.clientX, event.clientY));
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("pointermove", (event) => this.begun && this.follow(this.begun, event));
    regardCables(client, rack, overlay);
  }

  /** Begins a cable that ends in the jack touched next; Escape, or a click beside the panels, drops it. */
  begin(jack: AimedJack): void {
    this.hold({ fixed: jack, taken: null });
  }

  /** Takes one end of a cable; the jack touched next gets it. */
  takeEnd(id: string, end: "from" | "to"): void {
    const held = this.endOf(id, end);
    if (held) this.hold(held);
  }

  private hold(held: Held): void {
    this.begun = held;
    this.lightUp(held);
    this.rack.jack(held.fixed.module, held.fixed.jack)?.focus();
    this.client.tell("good", `Choose an ${otherSide(held.fixed.side)} for this cable; Escape, or a click beside the panels, drops it.`);
  }

  /** On a jack, or on a cable near one of its ends. */
  private press(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.pressedAt = { x: event.clientX, y: event.clientY };
    const jack = grasped(event, "[data-jack]") && aimedJack(event);
    const cable = jack || grasped(event) ? null : this.cableUnder(event);
    const begin = jack ? () => this.take(jack, event.altKey) : cable?.end ? () => this.endOf(cable.id, cable.end) : null;
    if (!begin) return;
    if (!jack) event.preventDefault(); // or else the view would move
    this.pulled = false;
    const element = event.target as Element;
    let held: Held | null = null;
    const move = (moved: Event) => {
      const { clientX, clientY } = moved as PointerEvent;
      if (!held && Math.hypot(clientX - event.clientX, clientY - event.clientY) < CLICK_PIXELS) return;
      if (!held) held = begin();
      if (!held) return;
      this.lightUp(held);
      this.follow(held, moved as PointerEvent);
    };
    const end = () => {
      element.removeEventListener("pointermove", move);
      element.removeEventListener("lostpointercapture", end);
      element.removeEventListener("pointerup", up);
      if (!held) return;
      this.pulled = true;
      this.letGo();
    };
    const up = (lifted: Event) => held && this.plug(held, this.target(held, lifted as PointerEvent));
    element.addEventListener("pointermove", move);
    element.addEventListener("pointerup", up);
    element.addEventListener("lostpointercapture", end);
    element.setPointerCapture(event.pointerId);
  }

  /** A click, or Enter: the second jack of a cable that was begun, or else the jack's menu. */
  private touch(event: Event, x: number, y: number): void {
    const jack = aimedJack(event);
    if (!jack || (event instanceof MouseEvent && !grasped(event))) return;
    event.preventDefault();
    if (!this.begun) return this.opened(jack, x, y);
    if (jack.side !== otherSide(this.begun.fixed.side)) return;
    this.plug(this.begun, jack);
    this.letGo();
  }

  /** Whether a press ends where it began, and no panel hangs there. Not asked of clicks: a finger that has just panned gets none. */
  private isBeside({ clientX: x, clientY: y }: PointerEvent): boolean {
    const isClick = distance(this.pressedAt, { x, y }) < CLICK_PIXELS;
    return isClick && !document.elementFromPoint(x, y)?.closest(".module"); // captured: the rack is every target
  }

  private key(event: KeyboardEvent): void {
    const action = actionOf("jack", event);
    if (action === "drop" && this.begun) {
      event.stopPropagation();
      return this.letGo();
    }
    const jack = aimedJack(event);
    if (!jack) return;
    if (action === "touch") {
      const box = (event.target as Element).getBoundingClientRect();
      this.touch(event, box.right, box.top);
    } else if (action === "unplug") {
      const cable = cablesAt(this.client.patch.shown, jack).at(-1);
      if (cable !== undefined) void this.client.edit({ do: "disconnect", id: cable });
    }
  }

  /** From an input with a cable the hand takes that end, from anywhere else it pulls a new one; Alt turns this round. */
  private take(jack: AimedJack, alt: boolean): Held {
    const taken = (jack.side === "input") !== alt ? cablesAt(this.client.patch.shown, jack).at(-1) : undefined;
    const held = taken === undefined ? null : this.endOf(taken, jack.side === "input" ? "to" : "from");
    return held ?? { fixed: jack, taken: null };
  }

  /** A cable whose one end is taken: the other stays where it is. */
  private endOf(id: string, end: "from" | "to" | null): Held | null {
    const cable = this.client.patch.shown.cables.get(id);
    if (!cable || !end) return null;
    return { taken: id, fixed: end === "to" ? { ...cable.from, side: "output" } : { ...cable.to, side: "input" } };
  }

  private cableUnder(event: MouseEvent): AimedCable | null {
    const box = this.rack.element.getBoundingClientRect();
    return this.overlay.cableAt({ x: event.clientX - box.left, y: event.clientY - box.top });
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
  private target({ fixed }: Held, event: PointerEvent): AimedJack | null {
    return nearestJack(this.client, this.rack, otherSide(fixed.side), this.rack.under(event));
  }

  private plug({ fixed, taken }: Held, target: AimedJack | null): void {
    const { shown } = this.client.patch;
    const before = taken === null ? undefined : shown.cables.get(taken);
    if (before && target && sameJack(target.side === "input" ? before.to : before.from, target)) return;
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
}
