/** Plays notes on one module, and remembers which sound so that each of them is ended. */
import type { Client } from "../state/client";
import { Emitter } from "../state/emitter";
import { pitchOf } from "./note_keys";

const VELOCITY = 0.8;

export class NotePlayer {
  readonly changed = new Emitter();
  /** Id of the module that is played; null where the patch has none. */
  module: string | null = null;
  private readonly sounding = new Set<number>();

  constructor(private readonly client: Client) {
    client.patch.changed.on(() => this.choose(this.module));
    client.connectionChanged.on(() => this.sounding.clear());
  }

  /** Ids of the modules that notes can be played on. */
  get playable(): string[] {
    return [...this.client.patch.shown.modules.keys()].filter((id) => this.client.info(id)?.plays_notes);
  }

  /** Takes the first that there is where the one wanted is gone. */
  choose(module: string | null): void {
    const { playable } = this;
    const chosen = module !== null && playable.includes(module) ? module : playable[0] ?? null;
    if (chosen !== this.module) {
      this.endAll();
      this.module = chosen;
    }
    this.changed.emit();
  }

  isSounding(number: number): boolean {
    return this.sounding.has(number);
  }

  start(number: number): void {
    if (this.module === null || this.sounding.has(number)) return;
    this.sounding.add(number);
    this.send(this.module, number, VELOCITY);
    this.changed.emit();
  }

  end(number: number): void {
    if (this.module === null || !this.sounding.delete(number)) return;
    this.send(this.module, number, 0);
    this.changed.emit();
  }

  /** Ends the notes that were started here. */
  endAll(): void {
    for (const number of [...this.sounding]) this.end(number);
  }

  /** Ends every note there can be, whoever started it. */
  panic(): void {
    this.endAll();
    for (const module of this.playable) for (let number = 0; number < 128; number++) this.send(module, number, 0);
  }

  private send(module: string, number: number, velocity: number): void {
    this.client.session.send({ type: "note", module, number, pitch: pitchOf(number), velocity });
  }
}
