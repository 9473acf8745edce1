/** Whether what people do is kept on the server's disk. */
import type { Keeping } from "../protocol/messages";
import { Emitter } from "./emitter";

export class KeepingWatch {
  /** Why it is not; null while it is. */
  notKept: string | null = null;
  readonly changed = new Emitter();

  take(message: Keeping): void {
    this.show(message.state === "kept" ? null : message.sentence);
  }

  /** Who comes in while nothing is kept is told right after the welcome. */
  welcome(): void {
    this.show(null);
  }

  private show(sentence: string | null): void {
    this.notKept = sentence;
    this.changed.emit();
  }
}
