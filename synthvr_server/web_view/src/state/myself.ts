/** Who sits here: name, colour, and the id by which the server knows them again. Kept in this browser. */
import type { Introduction } from "../protocol/world";
import { Emitter } from "./emitter";

/** Where a browser keeps small texts from visit to visit; empty where there is none. */
export interface Shelf {
  read(name: string): string;
  keep(name: string, text: string): void;
}

export class Myself {
  readonly changed = new Emitter();
  private readonly person: string;

  /** `random` is 0–1. */
  constructor(private readonly shelf: Shelf, random: () => number) {
    this.person = shelf.read("person") || Array.from({ length: 20 }, () => Math.floor(random() * 36).toString(36)).join("");
    shelf.keep("person", this.person);
  }

  get introduction(): Introduction {
    return { name: this.shelf.read("name"), color: this.shelf.read("color"), person: this.person };
  }

  become(name: string, color: string): void {
    this.shelf.keep("name", name);
    this.shelf.keep("color", color);
    this.changed.emit();
  }
}
