/** Our own hands on knobs: grab, turn at most once a frame, release. One step of undo for each turn. */
import type { ClientMessage } from "../protocol/messages";
import { knobKey, type KnobKey, type KnobValues } from "./knob_values";

export interface TurnerWorld {
  send(message: ClientMessage): boolean;
  /** Calls back once, before the next frame is drawn. */
  nextFrame(act: () => void): void;
  /** Returns the function that calls it off. */
  after(seconds: number, act: () => void): () => void;
  /** Id of this client. */
  self(): string;
}

/** A wheel or an arrow key turns in steps: the hand lets go when none has come for this long. */
const NUDGE_SECONDS = 0.4;

interface HeldKnob {
  readonly module: string;
  readonly knob: string;
  unsent: number | null;
  callOff: () => void;
}

export class KnobTurner {
  private readonly held = new Map<KnobKey, HeldKnob>();
  private flushing = false;

  constructor(private readonly world: TurnerWorld, private readonly values: KnobValues) {}

  isHeld(key: KnobKey): boolean {
    return this.held.has(key);
  }

  /** False where somebody else holds the knob, or there is no connection. */
  grab(module: string, knob: string): boolean {
    const key = knobKey(module, knob);
    const holder = this.values.holder(key);
    if (holder !== undefined && holder !== this.world.self()) return false;
    if (!this.held.has(key)) {
      if (!this.world.send({ type: "grab", module, knob })) return false;
      this.held.set(key, { module, knob, unsent: null, callOff: () => {} });
    }
    return true;
  }

  turn(module: string, knob: string, value: number): void {
    const key = knobKey(module, knob);
    const held = this.held.get(key);
    if (!held) return;
    held.unsent = value;
    this.values.turn(key, value);
    if (this.flushing) return;
    this.flushing = true;
    this.world.nextFrame(() => this.flush());
  }

  release(module: string, knob: string): void {
    const key = knobKey(module, knob);
    const held = this.held.get(key);
    if (!held) return;
    this.sendTurn(held);
    held.callOff();
    this.held.delete(key);
    this.world.send({ type: "release", module, knob });
  }

  /** A step of the wheel or of an arrow key. */
  nudge(module: string, knob: string, value: number): boolean {
    if (!this.grab(module, knob)) return false;
    this.turn(module, knob, value);
    const held = this.held.get(knobKey(module, knob));
    held?.callOff();
    if (held) held.callOff = this.world.after(NUDGE_SECONDS, () => this.release(module, knob));
    return true;
  }

  /** Somebody else was faster: our hand slips off. */
  lose(key: KnobKey): void {
    this.held.get(key)?.callOff();
    if (this.held.delete(key)) this.values.forget(key);
  }

  loseAll(): void {
    for (const key of [...this.held.keys()]) this.lose(key);
  }

  private flush(): void {
    this.flushing = false;
    for (const held of this.held.values()) this.sendTurn(held);
  }

  private sendTurn(held: HeldKnob): void {
    if (held.unsent === null) return;
    this.world.send({ type: "turn", module: held.module, knob: held.knob, value: held.unsent });
    held.unsent = null;
  }
}
