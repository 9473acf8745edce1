/** Who is here: a round sign for everyone; a click on one's own changes name and colour. */
import { button, html } from "../drawing/svg";
import type { Client } from "../state/client";
import type { Person } from "../state/people";

const WEARS: Readonly<Record<Person["kind"], string>> = {
  headset: "in a headset", web: "at a screen", controller: "with a controller", test: "a test",
};

export function peopleList(client: Client, introduce: () => void): HTMLElement {
  const element = html("ul", { class: "people", "aria-label": "Who is here" });
  const sign = (person: Person): HTMLElement => {
    const style = `--person: ${person.color}`;
    if (person.id !== client.session.client) {
      const words = `${person.name}, ${WEARS[person.kind]}`;
      return html("li", { style, title: words, "aria-label": words }, initials(person.name));
    }
    const words = `${person.name} (you): change name and colour`;
    return html("li", { class: "self", style }, button(initials(person.name), { title: words, "aria-label": words }, introduce));
  };
  client.people.changed.on(() => element.replaceChildren(...client.people.all.map(sign)));
  return element;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => [...(word ?? "")][0] ?? "") : [...(words[0] ?? "?")].slice(0, 2);
  return letters.join("").toUpperCase();
}
