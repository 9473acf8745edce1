/** The patches that the server keeps, and what can be done with them. What fails is told. */
import { MOST_PIECE, type BackupEntry, type Backups, type Exported, type Library, type LibraryEntry } from "../protocol/messages";
import { RequestFailed, type Answer, type Request } from "../protocol/requests";
import type { Told } from "./client";

/** `exists`: nothing was done, for there is a patch of that name, and nobody said that it may be replaced. */
export type Outcome = "done" | "exists" | "failed";

/** What the library needs of the client. */
export interface LibraryDesk {
  attempt(...requests: readonly [Request, ...Request[]]): Promise<Answer | RequestFailed>;
  tell(mood: Told["mood"], sentence: string): void;
}

export class PatchLibrary {
  constructor(private readonly desk: LibraryDesk) {}

  /** Null where it failed. */
  async list(): Promise<readonly LibraryEntry[] | null> {
    return (await this.answer<Library>({ type: "list_patches" }))?.patches ?? null;
  }

  async backups(): Promise<readonly BackupEntry[] | null> {
    return (await this.answer<Backups>({ type: "list_backups" }))?.versions ?? null;
  }

  save(name: string, replace = false): Promise<Outcome> {
    return this.change(`Saved as “${name}”.`, { type: "save_patch", name, replace });
  }

  load(name: string): Promise<Outcome> {
    return this.change(`Loaded “${name}”. Undo brings the old patch back.`, { type: "load_patch", name });
  }

  loadBackup({ name, version }: BackupEntry): Promise<Outcome> {
    return this.change(`Loaded an earlier “${name}”. Save it to keep it; undo brings the old patch back.`, { type: "load_backup", name, version });
  }

  newPatch(): Promise<Outcome> {
    return this.change("A new patch. Undo brings the old one back.", { type: "new_patch" });
  }

  remove(name: string): Promise<Outcome> {
    return this.change(`Deleted “${name}”. It is among the earlier versions.`, { type: "delete_patch", name });
  }

  rename(name: string, to: string, replace = false): Promise<Outcome> {
    return this.change(`“${name}” is called “${to}” now.`, { type: "rename_patch", name, to, replace });
  }

  /** `text` is what is in the file. */
  bring(name: string, text: string, replace = false): Promise<Outcome> {
    const pieces = inPieces(text).map((piece, index, all): Request =>
      ({ type: "import_patch", name, text: piece, more: index < all.length - 1, replace }));
    return this.change(`Imported “${name}”.`, ...(pieces as [Request, ...Request[]]));
  }

  /** The text of a file and a name for it; `name` null is the patch as it is now. */
  export(name: string | null): Promise<Exported | null> {
    return this.answer<Exported>({ type: "export_patch", name });
  }

  private async answer<A extends Answer>(request: Request): Promise<A | null> {
    const answer = await this.desk.attempt(request);
    if (!(answer instanceof RequestFailed)) return answer as A;
    this.desk.tell("bad", answer.message);
    return null;
  }

  private async change(done: string, ...requests: readonly [Request, ...Request[]]): Promise<Outcome> {
    const answer = await this.desk.attempt(...requests);
    if (answer instanceof RequestFailed) {
      if (answer.code === "exists") return "exists";
      this.desk.tell("bad", answer.message);
      return "failed";
    }
    this.desk.tell("good", done);
    return "done";
  }
}

/** Pieces that fit a message; no character is cut in two. */
export function inPieces(text: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length || at === 0; ) {
    let end = Math.min(text.length, at + MOST_PIECE);
    const isHighHalf = end < text.length && /[\ud800-\udbff]/.test(text[end - 1] ?? "");
    if (isHighHalf) end--;
    pieces.push(text.slice(at, end));
    at = Math.max(end, 1);
  }
  return pieces;
}
