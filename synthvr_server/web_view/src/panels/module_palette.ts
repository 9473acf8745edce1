/** The palette: every module there is, found by words, put into the rack with a click or Enter. */
import { familyHue } from "../drawing/colours";
import { html } from "../drawing/svg";
import type { ModuleInfo } from "../protocol/messages";
import { family } from "../state/catalogue";
import type { Client } from "../state/client";
import { dialog } from "./dialog";

export class ModulePalette {
  readonly element: HTMLDialogElement;
  private readonly query = html("input", { type: "search", placeholder: "Search modules: filter, random, neural…", "aria-label": "Search modules", spellcheck: "false" });
  private readonly list = html("div", { class: "cards" });

  constructor(private readonly client: Client, private readonly choose: (info: ModuleInfo) => void) {
    this.element = dialog("palette", "Add a module", html("p", {}, this.query), this.list);
    this.query.addEventListener("input", () => this.fill());
    this.element.addEventListener("keydown", (event) => this.key(event));
    client.catalogueChanged.on(() => this.refill());
  }

  open(): void {
    if (this.element.open) return;
    this.query.value = "";
    this.fill();
    this.element.showModal();
    this.query.focus();
  }

  private fill(): void {
    const found = this.client.catalogue.search(this.query.value);
    this.list.replaceChildren(...found.map((info) => this.card(info)));
    if (!found.length) this.list.append(html("p", { class: "nothing" }, "No module matches these words."));
    this.list.scrollTop = 0;
  }

  /** With the same card under the finger and the eye. */
  private refill(): void {
    const { scrollTop } = this.list;
    const at = this.cards().findIndex((card) => card === document.activeElement);
    this.fill();
    this.list.scrollTop = scrollTop;
    this.cards()[at]?.focus({ preventScroll: true });
  }

  private cards(): HTMLButtonElement[] {
    return [...this.list.querySelectorAll<HTMLButtonElement>(".card")];
  }

  private card(info: ModuleInfo): HTMLElement {
    const card = html("button", { type: "button", class: info.being_made ? "card making" : "card", style: `--hue: ${familyHue(family(info))}` },
      html("strong", {}, info.title),
      html("span", { class: "tags" }, tagWords(info)),
      html("span", { class: "description" }, info.description));
    card.addEventListener("click", () => this.take(info));
    return card;
  }

  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    const cards = this.cards();
    const at = cards.indexOf(document.activeElement as HTMLButtonElement);
    if (event.key === "Enter" && at < 0) cards[0]?.click();
    else if (event.key === "ArrowDown") (cards[at + 1] ?? cards[0])?.focus();
    else if (event.key === "ArrowUp") (at > 0 ? cards[at - 1] : this.query)?.focus();
    else return;
    event.preventDefault();
  }

  private take(info: ModuleInfo): void {
    this.element.close();
    this.choose(info);
  }
}

/** The family is in the card's colour; it is named where there is nothing else to say. */
function tagWords({ tags, being_made }: ModuleInfo): string {
  return [...(being_made ? ["being made"] : []), ...(tags.length > 1 ? tags.slice(1) : tags)].join(" · ");
}
