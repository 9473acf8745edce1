/**
 * Where every knob stands right now: the live value while somebody turns it, else the patch's, else the default.
 * And who holds it.
 */
import type { Batch, Hold, KnobInfo, PlacedModule, Turns } from "../protocol/messages";
import { Emitter } from "./emitter";

export type KnobKey = `${string}/${string}`;

export function knobKey(module: string, knob: string): KnobKey {
  return `${module}/${knob}`;
}

export class KnobValues {
  /** A live value or a holder has changed. */
  readonly changed = new Emitter<KnobKey>();
  private readonly live = new Map<KnobKey, number>();
  private readonly holders = new Map<KnobKey, string>();

  value(id: string, module: PlacedModule, knob: KnobInfo): number {
    return this.live.get(knobKey(id, knob.id)) ?? module.knobs[knob.id] ?? knob.default;
  }

  /** Id of the client that holds the knob. */
  holder(key: KnobKey): string | undefined {
    return this.holders.get(key);
  }

  heldBy(client: string): KnobKey[] {
    return [...this.holders].filter(([, holder]) => holder === client).map(([key]) => key);
  }

  turned(message: Turns): void {
    for (const { module, knob, value, client } of message.knobs) {
      const key = knobKey(module, knob);
      this.live.set(key, value);
      this.holders.set(key, client);
      this.changed.emit(key);
    }
  }

  /** Our own hand turns the knob. */
  turn(key: KnobKey, value: number): void {
    this.live.set(key, value);
    this.changed.emit(key);
  }

  /** Our own turn did not count: back to the patch. */
  forget(key: KnobKey): void {
    if (this.live.delete(key)) this.changed.emit(key);
  }

  hold(message: Hold): void {
    const key = knobKey(message.module, message.knob);
    if (message.client === null) this.holders.delete(key);
    else this.holders.set(key, message.client);
    this.changed.emit(key);
  }

  left(client: string): void {
    for (const key of this.heldBy(client)) {
      this.holders.delete(key);
      this.changed.emit(key);
    }
  }

  /** What a batch has set is true now, unless `ours` says that our own hand is still turning it. */
  batch(message: Batch, ours: (key: KnobKey) => boolean): void {
    for (const command of message.commands) {
      if (command.do === "set_knob") {
        const key = knobKey(command.module, command.knob);
        if (!ours(key)) this.forget(key);
      } else if (command.do === "add_module" || command.do === "remove_module") {
        for (const key of [...this.live.keys()]) if (key.startsWith(`${command.id}/`)) this.live.delete(key);
      }
    }
  }

  /** A new connection: nothing is live or held until the server says so. */
  clear(): void {
    const keys = new Set([...this.live.keys(), ...this.holders.keys()]);
    this.live.clear();
    this.holders.clear();
    for (const key of keys) this.changed.emit(key);
  }
}
