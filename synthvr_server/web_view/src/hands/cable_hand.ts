/** Pulling, plugging and unplugging cables. Nothing is changed before the hand lets go. */
import type { Command, Jack } from "../protocol/messages";
import type { Client } from "../state/client";
import { cablesAt, connect } from "../state/edits";
import type { Overlay } from "../drawing/overlay";
import type { RackView } from "../drawing/rack_view";

type Side = "input" | "output";

interface AimedJack extends Jack {
  readonly side: Side;
}

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
  private pulled = false;

  constructor(
    private readonly client: Client, private readonly rack: RackView, private readonly overlay: Overlay,
    private readonly opened: (jack: Jack, x: number, y: number) => void,
  ) {
    rack.element.addEventListener("pointerdown", (event) => this.press(event));
    rack.element.addEventListener("click", (event) => this.pulled || this.menu(event, event.clientX, event.clientY));
    rack.element.addEventListener("contextmenu", (event) => this.menu(event, event.clientX, event.clientY));
    rack.element.addEventListener("keydown", (event) => this.key(event));
    rack.element.addEventListener("pointerover", (event) => this.regard(event));
    rack.element.addEventListener("focusin", (event) => this.regard(event));
    rack.element.addEventListener("pointerleave", (event) => this.regard(event));
  }

  private press(event: PointerEvent): void {
    const jack = event.button === 0 ? aimedJack(event) : null;
    if (!jack) return;
    event.stopPropagation();
    const element = event.target as Element;
    let held: Held | null = null;
    this.pulled = false;
    const move = (moved: PointerEvent) => {
      if (moved.pointerId !== event.pointerId) return;
      if (!held && Math.hypot(moved.clientX - event.clientX, moved.clientY - event.clientY) < CLICK_PIXELS) return;
      if (!held) this.lightUp((held = this.take(jack)));
      this.follow(held, moved);
    };
    const end = (ended: PointerEvent) => {
      if (ended.pointerId !== event.pointerId) return;
      element.removeEventListener("pointermove", move as EventListener);
      element.removeEventListener("pointerup", end as EventListener);
      element.removeEventListener("pointercancel", end as EventListener);
      if (!held) return;
      this.pulled = true;
      if (ended.type === "pointerup") this.plug(held, this.target(held, ended));
      this.letGo();
    };
    element.addEventListener("pointermove", move as EventListener);
    element.addEventListener("pointerup", end as EventListener);
    element.addEventListener("pointercancel", end as EventListener);
    element.setPointerCapture(event.pointerId);
  }

  private menu(event: Event, x: number, y: number): void {
    const jack = aimedJack(event);
    if (!jack) return;
    event.preventDefault();
    this.opened(bare(jack), x, y);
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Enter" && event.key !== " ") return;
    const box = (event.target as Element).getBoundingClientRect();
    this.menu(event, box.right, box.top);
  }

  /** From an occupied input the hand takes the cable off; from anywhere else it pulls a new one. */
  private take(jack: AimedJack): Held {
    const taken = jack.side === "input" ? cablesAt(this.client.patch.shown, jack).at(-1) : undefined;
    const cable = taken === undefined ? undefined : this.client.patch.shown.cables.get(taken);
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
    const side: Side = fixed.side === "output" ? "input" : "output";
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
    this.rack.element.classList.add("patching", held.fixed.side === "output" ? "to-input" : "to-output");
  }

  private mark(target: AimedJack | null): void {
    for (const element of this.rack.element.querySelectorAll(".jack.target")) element.classList.remove("target");
    if (target) this.rack.jack(target.module, target.jack)?.classList.add("target");
  }

  private letGo(): void {
    this.rack.element.classList.remove("patching", "to-input", "to-output");
    this.mark(null);
    this.overlay.loose = this.overlay.hidden = null;
    this.overlay.redraw();
  }

  private regard(event: Event): void {
    const jack = aimedJack(event);
    const busy = jack && cablesAt(this.client.patch.shown, jack).length > 0;
    this.overlay.regarded = busy ? jack : null;
    this.overlay.redraw();
  }
}

export function aimedJack(event: Event): AimedJack | null {
  const element = event.target instanceof Element ? event.target.closest("[data-jack]") : null;
  const module = element?.getAttribute("data-module");
  const jack = element?.getAttribute("data-jack");
  if (!module || !jack) return null;
  return { module, jack, side: element?.getAttribute("data-side") === "output" ? "output" : "input" };
}

function bare({ module, jack }: Jack): Jack {
  return { module, jack };
}
