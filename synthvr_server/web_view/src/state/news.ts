/** What others have done that changes more than a knob or a cable: told, for nobody here has seen them do it. */
import type { Batch } from "../protocol/messages";

/** A sentence about somebody else's batch; null where there is nothing to tell. */
export function newsOf({ cause, subject }: Batch, name: string): string | null {
  switch (cause) {
    case "load":
      return `${name} loaded “${subject}”.`;
    case "new":
      return `${name} began a new patch.`;
    case "undo":
      return `${name} took back ${subject || "a change"}.`;
    case "redo":
      return `${name} did ${subject || "a change"} again.`;
    default:
      return null;
  }
}
