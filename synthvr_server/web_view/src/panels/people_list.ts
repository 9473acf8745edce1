/** Who is here: a round sign for everyone, brighter while they hold something. */
import { html } from "../drawing/svg";
import type { Client } from "../state/client";
import type { Person } from "../state/people";

const WEARS: Readonly<Record<Person["kind"], string>> = {
  headset: "in a headset", web: "at a screen", controller: "with a controller", test: "a test",
};

export function peopleList(client: Client): HTMLElement {
  const element = html("ul", { class: "people", "aria-label": "Who is here" });
  client.people.changed.on(() => {
    element.replaceChildren(...client.people.all.map((person) => {
      const self = person.id === client.session.client;
      const words = `${person.name}${self ? " (you)" : ""}, ${WEARS[person.kind]}`;
      return html("li", { class: self ? "self" : "", style: `--hue: ${person.hue}`, title: words, "aria-label": words }, initials(person.name));
    }));
  });
  return element;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => [...(word ?? "")][0] ?? "") : [...(words[0] ?? "?")].slice(0, 2);
  return letters.join("").toUpperCase();
}
