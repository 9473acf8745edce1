/** Turning knobs and switches with pointer, wheel and keys. */
import type { KnobInfo } from "../protocol/messages";
import type { Client } from "../state/client";
import { knobOf } from "../state/catalogue";
import { knobKey } from "../state/knob_values";
import type { RackView } from "../drawing/rack_view";
import type { ValueBubble } from "../panels/value_bubble";
import { grasped } from "./grasp";
import { actionOf, type ActionOf } from "./keys";
import { KnobDrag, stepped } from "./knob_drag";

interface AimedKnob {
  readonly element: Element;
  readonly module: string;
  readonly info: KnobInfo;
  readonly value: number;
}

/** Steps of a key, and whether they are fine ones. */
const STEPS = {
  more: [1, false], less: [-1, false], bit_more: [1, true], bit_less: [-1, true], much_more: [5, false], much_less: [-5, false],
} as const satisfies Partial<Record<ActionOf<"knob">, readonly [number, boolean]>>;
const PIXELS_PER_STEP = 40;

export class KnobHand {
  constructor(private readonly client: Client, private readonly rack: RackView, private readonly bubble: ValueBubble) {
    const { element } = rack;
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("dblclick", (event) => this.reset(event));
    element.addEventListener("keydown", (event) => this.key(event));
    element.addEventListener("wheel", (event) => this.wheel(event), { passive: false, capture: true });
    element.addEventListener("pointerover", (event) => this.hover(event));
    element.addEventListener("focusin", (event) => this.hover(event));
  }

  /** Sets a knob of a menu's. */
  turnTo(module: string, knob: string, value: number): void {
    const aimed = this.aimAt(module, knob);
    if (aimed) this.set(aimed, value);
  }

  /** Takes a typed value for a knob. */
  typeInto(module: string, knob: string): void {
    const aimed = this.aimAt(module, knob);
    if (aimed) this.type(aimed, null);
  }

  private press(event: PointerEvent): void {
    const aimed = event.button === 0 && grasped(event, "[data-knob]") ? this.aimed(event) : null;
    if (!aimed) return;
    if (!this.client.turner.grab(aimed.module, aimed.info.id)) return this.refuse(aimed);
    if (aimed.info.choices.length) return this.flip(aimed, event.shiftKey);
    this.drag(aimed, event);
  }

  /** A click on a switch goes to its next position, and round. */
  private flip({ module, info, value, element }: AimedKnob, back: boolean): void {
    const count = info.choices.length;
    const next = (Math.round(value) + (back ? count - 1 : 1)) % count;
    this.client.turner.turn(module, info.id, next);
    this.client.turner.release(module, info.id);
    this.bubble.show(element, info, next);
  }

  private drag({ element, module, info, value }: AimedKnob, event: PointerEvent): void {
    const { turner } = this.client;
    const drag = new KnobDrag(info, value);
    let before = event.clientY;
    this.bubble.show(element, info, value);
    const move = (moved: PointerEvent) => {
      if (moved.pointerId !== event.pointerId || !turner.isHeld(knobKey(module, info.id))) return;
      const next = drag.move(before - moved.clientY, moved.shiftKey);
      before = moved.clientY;
      turner.turn(module, info.id, next);
      this.bubble.show(element, info, next);
    };
    const end = (ended: PointerEvent) => {
      if (ended.pointerId !== event.pointerId) return;
      element.removeEventListener("pointermove", move as EventListener);
      element.removeEventListener("lostpointercapture", end as EventListener);
      turner.release(module, info.id);
      this.bubble.fade();
    };
    element.addEventListener("pointermove", move as EventListener);
    element.addEventListener("lostpointercapture", end as EventListener);
    element.setPointerCapture(event.pointerId);
  }

  private reset(event: MouseEvent): void {
    const aimed = this.aimed(event);
    if (!aimed || aimed.info.choices.length) return;
    this.set(aimed, aimed.info.default);
  }

  /** Only the knob that was clicked, or reached with the keyboard, turns: over all others the wheel moves the view. */
  private wheel(event: WheelEvent): void {
    const aimed = this.aimed(event);
    if (!aimed || aimed.element !== document.activeElement || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * PIXELS_PER_STEP : event.deltaY || event.deltaX;
    const next = stepped(aimed.info, aimed.value, -pixels / PIXELS_PER_STEP, event.shiftKey);
    this.nudge(aimed, next);
  }

  private key(event: KeyboardEvent): void {
    const aimed = this.aimed(event);
    const action = aimed && actionOf("knob", event);
    if (!aimed || !action) return;
    event.preventDefault();
    event.stopPropagation();
    const { info, value } = aimed;
    switch (action) {
      case "lowest":
        return this.nudge(aimed, info.minimum);
      case "highest":
        return this.nudge(aimed, info.maximum);
      case "default":
        return this.set(aimed, info.default);
      case "type":
        return this.type(aimed, null);
      case "type_digit":
        return this.type(aimed, event.key);
      default: {
        const [steps, fine] = STEPS[action];
        this.nudge(aimed, stepped(info, value, steps, fine));
      }
    }
  }

  private type(aimed: AimedKnob, first: string | null): void {
    this.bubble.edit(aimed.element, aimed.info, aimed.value, first, (value) => this.set(aimed, value));
  }

  private set(aimed: AimedKnob, value: number): void {
    const { module, info, element } = aimed;
    if (!this.client.turner.grab(module, info.id)) return this.refuse(aimed);
    this.client.turner.turn(module, info.id, value);
    this.client.turner.release(module, info.id);
    this.bubble.show(element, info, value);
    this.bubble.fade();
  }

  private nudge(aimed: AimedKnob, value: number): void {
    const { module, info, element } = aimed;
    if (!this.client.turner.nudge(module, info.id, value)) return this.refuse(aimed);
    this.bubble.show(element, info, value);
    this.bubble.fade();
  }

  private hover(event: Event): void {
    const aimed = this.aimed(event);
    if (!aimed) return;
    this.bubble.show(aimed.element, aimed.info, aimed.value, aimed.info.help);
    this.bubble.fade();
  }

  private refuse({ module, info }: AimedKnob): void {
    const holder = this.client.knobs.holder(knobKey(module, info.id));
    const name = holder && this.client.people.get(holder)?.name;
    this.client.tell("bad", name ? `${name} holds ${info.label}.` : "There is no connection to the server.");
  }

  private aimed(event: Event): AimedKnob | null {
    const element = event.target instanceof Element ? event.target.closest("[data-knob]") : null;
    const [module, knob] = [element?.getAttribute("data-module"), element?.getAttribute("data-knob")];
    return module && knob ? this.aimAt(module, knob) : null;
  }

  private aimAt(module: string, knob: string): AimedKnob | null {
    const element = this.rack.knob(module, knob);
    const placed = this.client.patch.shown.modules.get(module);
    const info = knobOf(this.client.info(module), knob);
    return element && placed && info ? { element, module, info, value: this.client.knobs.value(module, placed, info) } : null;
  }
}
