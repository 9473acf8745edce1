/** The streams somebody here looks at or listens to: asked for once each, and again after every reconnection. */
import type { Request } from "../protocol/requests";
import type { StreamName } from "../protocol/messages";

export interface Stream {
  readonly stream: StreamName;
  readonly module: string | null;
  readonly jack: string | null;
}

export class Streams {
  private readonly wanted = new Map<string, { stream: Stream; users: number }>();

  /** `ask` sends a request and deals with its failure. */
  constructor(private readonly ask: (request: Request) => void, private readonly isOpen: () => boolean) {}

  /** Returns the function that ends the use. */
  use(stream: Stream): () => void {
    const name = JSON.stringify(stream);
    const found = this.wanted.get(name) ?? { stream, users: 0 };
    this.wanted.set(name, found);
    if (found.users++ === 0 && this.isOpen()) this.ask({ type: "subscribe", ...stream });
    let used = true;
    return () => {
      if (!used) return;
      used = false;
      if (--found.users > 0) return;
      this.wanted.delete(name);
      if (this.isOpen()) this.ask({ type: "unsubscribe", ...stream });
    };
  }

  connected(): void {
    for (const { stream } of this.wanted.values()) this.ask({ type: "subscribe", ...stream });
  }
}
