/**
 * The patch this client shows: what the server has confirmed, with our own edits that are still on their way applied
 * on top. An edit that the server rejects simply falls away.
 */
import type { Ack, Batch, Command, Welcome } from "../protocol/messages";
import { applyBatch, Rejected } from "./commands";
import { Emitter } from "./emitter";
import { fingerprint } from "./fingerprint";
import { EMPTY_PATCH, rackPatch, type RackPatch } from "./patch";

/** Why the patch here can no longer be trusted to be the server's. */
export type Divergence = "gap" | "rejected" | "fingerprint";
export const DIVERGED: Readonly<Record<Divergence, string>> = {
  gap: "A change got lost on the way; the patch is being fetched again.",
  rejected: "A change did not fit the patch shown here; the patch is being fetched again.",
  fingerprint: "The patch shown here differed from the server's; it is being fetched again.",
};

interface Pending {
  readonly id: number;
  readonly commands: readonly Command[];
  /** The revision it became, once acknowledged. */
  revision: number | null;
}

export class PatchStore {
  readonly changed = new Emitter<RackPatch>();
  confirmed: RackPatch = EMPTY_PATCH;
  revision = -1;
  /** The confirmed patch with our pending edits. */
  shown: RackPatch = EMPTY_PATCH;
  private pending: Pending[] = [];

  /** Takes the patch, or the missed batches, of a welcome. Returns what is wrong, or null. */
  welcome(message: Welcome): Divergence | null {
    this.pending = [];
    if (message.patch) {
      this.confirmed = rackPatch(message.patch);
      this.revision = message.revision;
    }
    for (const batch of message.missed) {
      const wrong = this.take(batch);
      if (wrong) return wrong;
    }
    this.show();
    if (this.revision !== message.revision) return "gap";
    return fingerprint(this.confirmed) === message.fingerprint ? null : "fingerprint";
  }

  /** Takes an accepted batch. Returns what is wrong, or null. */
  batch(message: Batch): Divergence | null {
    const wrong = this.take(message);
    if (!wrong) this.show();
    return wrong;
  }

  /** Shows our own edit before the server has answered. */
  requested(id: number, commands: readonly Command[]): void {
    this.pending.push({ id, commands, revision: null });
    this.show();
  }

  /** The edit stays on top until the batch it became has arrived, whichever of the two comes first. */
  acknowledged(message: Ack): void {
    for (const edit of this.pending) if (edit.id === message.id) edit.revision = message.revision;
    this.show();
  }

  rejected(id: number): void {
    this.pending = this.pending.filter((edit) => edit.id !== id);
    this.show();
  }

  private take(batch: Batch): Divergence | null {
    if (batch.revision <= this.revision) return null;
    if (batch.revision !== this.revision + 1) return "gap";
    try {
      this.confirmed = applyBatch(this.confirmed, batch.commands);
    } catch (error) {
      if (error instanceof Rejected) return "rejected";
      throw error;
    }
    this.revision = batch.revision;
    return fingerprint(this.confirmed) === batch.fingerprint ? null : "fingerprint";
  }

  private show(): void {
    this.pending = this.pending.filter((edit) => edit.revision === null || edit.revision > this.revision);
    const before = this.shown;
    this.shown = this.pending.reduce(applyIfPossible, this.confirmed);
    if (this.shown !== before) this.changed.emit(this.shown);
  }
}

/** A batch that has arrived already, or that another's edit has overtaken, changes nothing. */
function applyIfPossible(patch: RackPatch, edit: Pending): RackPatch {
  try {
    return applyBatch(patch, edit.commands);
  } catch (error) {
    if (error instanceof Rejected) return patch;
    throw error;
  }
}
