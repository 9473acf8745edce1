/** What a client asks of the server, and what comes back. */
import type { Ack, Backups, ClientMessage, Exported, Library } from "./messages";

/** A request that the server has not carried out, or that the connection did not survive. */
export class RequestFailed extends Error {
  constructor(readonly code: string, sentence: string) {
    super(sentence);
    this.name = "RequestFailed";
  }
}

type Unnumbered<M> = M extends { type: string; id: number } ? Omit<M, "id"> : never;
export type Request = Unnumbered<ClientMessage>;
export type Answer = Ack | Library | Backups | Exported;
