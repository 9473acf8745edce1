/** Who else is here, where their head and hands are, and what they hold. */
import type { ClientInfo, OthersPresence } from "../protocol/messages";
import { Emitter } from "./emitter";

export interface Person extends ClientInfo {
  readonly presence: OthersPresence | null;
}

export class People {
  readonly changed = new Emitter();
  /** Only a head or a hand has moved. */
  readonly moved = new Emitter();
  private readonly byId = new Map<string, Person>();

  welcome(clients: readonly ClientInfo[]): void {
    this.byId.clear();
    for (const client of clients) this.byId.set(client.id, person(client));
    this.changed.emit();
  }

  joined(client: ClientInfo): void {
    this.byId.set(client.id, person(client));
    this.changed.emit();
  }

  introduced(client: ClientInfo): void {
    const known = this.byId.get(client.id);
    if (!known) return;
    this.byId.set(client.id, { ...known, ...client });
    this.changed.emit();
  }

  left(id: string): void {
    if (this.byId.delete(id)) this.changed.emit();
  }

  present(message: OthersPresence): void {
    const found = this.byId.get(message.client);
    if (!found) return;
    this.byId.set(found.id, { ...found, presence: message });
    this.moved.emit();
  }

  get(id: string): Person | undefined {
    return this.byId.get(id);
  }

  get all(): Person[] {
    return [...this.byId.values()];
  }
}

function person(client: ClientInfo): Person {
  return { ...client, presence: null };
}
