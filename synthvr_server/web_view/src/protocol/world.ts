/** What a session is handed: the world with its clock, connections and shelves; and whom it tells. */
import type { ClientMessage, Resume, ServerMessage, Welcome } from "./messages";

/** A connection as the session sees it. `close` may be called twice. */
export interface Line {
  send(message: ClientMessage): void;
  close(): void;
}

export interface LineEvents {
  opened(): void;
  received(message: ServerMessage): void;
  /** `reason` and `code` are the server's, or empty. */
  closed(reason: string, code?: number): void;
}

/** Where the pairing token is kept from visit to visit; empty where there is none. */
export interface TokenShelf {
  read(): string;
  keep(token: string): void;
}

/** Who says hello; an empty name or colour lets the server choose. */
export interface Introduction {
  readonly name: string;
  readonly color: string;
  /** A random id that is kept from visit to visit; told to nobody. */
  readonly person: string;
}

/** Everything a session needs from the world. Times in seconds. */
export interface World {
  connect(events: LineEvents): Line;
  now(): number;
  /** Returns the function that calls it off. */
  after(seconds: number, act: () => void): () => void;
  random(): number;
  readonly token: TokenShelf;
}

export type SessionState =
  | { is: "connecting" }
  | { is: "open" }
  | { is: "waiting"; seconds: number; reason: string }
  /** The server asks for the pairing code; `reason` is its sentence. */
  | { is: "unpaired"; reason: string }
  | { is: "closed" };

export interface SessionEvents {
  state(state: SessionState): void;
  welcome(message: Welcome): void;
  message(message: ServerMessage): void;
  /** Where to resume from after a lost connection; null asks for the whole patch. */
  resumeFrom(): Resume | null;
}
