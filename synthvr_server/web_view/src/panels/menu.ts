/** A menu at a place of the page: a title, what can be done, colours to choose from. Walked through with arrow keys. */
import { button, html } from "../drawing/svg";

export interface MenuItem {
  readonly words: string;
  readonly act: () => void;
  /** For one of several choices: whether it is the one that holds. */
  readonly chosen?: boolean;
}

export interface MenuColours {
  /** CSS colours and their names. */
  readonly colours: readonly (readonly [colour: string, name: string])[];
  readonly chosen: string;
  readonly choose: (colour: string) => void;
}

export interface MenuContent {
  readonly title: string;
  readonly help?: string;
  readonly items: readonly MenuItem[];
  readonly colours?: MenuColours;
}

const EDGE = 8; // pixels between a menu and the edge of the page

export class Menu {
  readonly element = html("div", { class: "menu", popover: "manual", role: "menu" });
  private opener: Element | null = null;

  constructor() {
    this.element.addEventListener("keydown", (event) => this.key(event));
    this.element.addEventListener("contextmenu", (event) => event.preventDefault());
    // Not the popover's own way out: that takes the lifted finger of a long press for a click beside the menu.
    window.addEventListener("pointerdown", ({ target }) => this.element.contains(target as Node) || this.hide(), { capture: true });
    window.addEventListener("blur", () => this.hide());
  }

  /** `x` and `y` are pixels of the page. The focus comes back to where it was when the menu closes. */
  open({ title, help, items, colours }: MenuContent, x: number, y: number): void {
    if (!this.element.contains(document.activeElement)) this.opener = document.activeElement;
    this.element.setAttribute("aria-label", title);
    this.element.replaceChildren(
      html("p", {}, title),
      ...(help ? [html("p", { class: "help" }, help)] : []),
      ...items.map((item) => this.item(item)),
      ...(colours ? [this.colourRow(colours)] : []));
    this.hide();
    this.element.showPopover();
    const { offsetWidth, offsetHeight } = this.element;
    this.element.style.left = `${Math.max(EDGE, Math.min(x, window.innerWidth - offsetWidth - EDGE))}px`;
    this.element.style.top = `${Math.max(EDGE, Math.min(y, window.innerHeight - offsetHeight - EDGE))}px`;
    this.entries[0]?.focus();
  }

  private get entries(): HTMLButtonElement[] {
    return [...this.element.querySelectorAll<HTMLButtonElement>("button")];
  }

  private item({ words, act, chosen }: MenuItem): HTMLButtonElement {
    const attributes = chosen === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": String(chosen) };
    return button(words, attributes, () => this.choose(act));
  }

  private colourRow({ colours, chosen, choose }: MenuColours): HTMLElement {
    return html("div", { class: "colours", role: "group", "aria-label": "Colour" }, ...colours.map(([colour, name]) =>
      button("", {
        role: "menuitemradio", "aria-checked": String(colour === chosen), "aria-label": name, title: name, style: `--colour: ${colour || "#23252e"}`,
      }, () => this.choose(() => choose(colour)))));
  }

  /** The focus goes back first: what is done may want it elsewhere. */
  private choose(act: () => void): void {
    this.close();
    act();
  }

  private hide(): void {
    if (this.element.matches(":popover-open")) this.element.hidePopover();
  }

  private close(): void {
    this.hide();
    if (this.opener instanceof HTMLElement || this.opener instanceof SVGElement) this.opener.focus();
  }

  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    const { entries } = this;
    const at = entries.indexOf(document.activeElement as HTMLButtonElement);
    const to: Readonly<Record<string, number>> = {
      ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: -1,
    };
    if (event.key === "Escape" || event.key === "Tab") this.close();
    else if (event.key in to) entries.at((to[event.key] ?? 0) % entries.length)?.focus();
    else return;
    event.preventDefault();
  }
}
