/** How the engine is doing, and which modules have failed in it. */
import type { EngineStatus, ModuleFailed } from "../protocol/messages";
import { Emitter } from "./emitter";

export class EngineWatch {
  status: EngineStatus | null = null;
  /** Why a module has gone silent, by module id. */
  readonly failures = new Map<string, string>();
  readonly statusChanged = new Emitter<EngineStatus>();
  readonly failuresChanged = new Emitter();

  /** An engine that starts makes every module anew. */
  take(status: EngineStatus): void {
    if (status.state === "starting") this.forgetFailures();
    this.status = status;
    this.statusChanged.emit(status);
  }

  failed({ module, sentence }: ModuleFailed): void {
    this.failures.set(module, sentence);
    this.failuresChanged.emit();
  }

  forgetFailures(): void {
    this.failures.clear();
    this.failuresChanged.emit();
  }
}
