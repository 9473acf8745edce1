/** The value of the knob in the hand, written beside it; the same place takes a typed value. */
import type { KnobInfo } from "../protocol/messages";
import { html } from "../drawing/svg";
import { knobText, parseKnobText } from "../state/knob_text";

const FADE_AFTER_MS = 900;

export class ValueBubble {
  readonly element = html("div", { class: "bubble", role: "status" });
  private readonly words = html("span");
  private readonly help = html("small");
  private readonly entry = html("input", { type: "text", "aria-label": "New value", spellcheck: "false" });
  private fading = 0;
  private typing = false;

  constructor() {
    this.entry.hidden = true;
    this.element.append(this.words, this.entry, this.help);
  }

  /** `help` says what the knob is for; a hand that turns it knows. */
  show(at: Element, knob: KnobInfo, value: number, help = ""): void {
    if (this.typing) return;
    clearTimeout(this.fading);
    this.words.textContent = knobText(knob, value);
    this.help.textContent = help;
    this.place(at);
  }

  fade(): void {
    if (this.typing) return;
    clearTimeout(this.fading);
    this.fading = window.setTimeout(() => this.element.classList.remove("seen"), FADE_AFTER_MS);
  }

  /** Takes a typed value; `first` is the key that began it. Escape leaves everything as it was. */
  edit(at: Element, knob: KnobInfo, value: number, first: string | null, done: (value: number) => void): void {
    clearTimeout(this.fading);
    this.typing = true;
    this.words.hidden = true;
    this.help.textContent = "";
    this.entry.hidden = false;
    this.entry.value = first ?? knobText(knob, value).replace("−", "-");
    this.entry.classList.remove("wrong");
    this.place(at);
    this.entry.focus();
    if (first === null) this.entry.select();
    const close = () => {
      this.entry.onkeydown = this.entry.onblur = null;
      this.typing = false;
      this.entry.hidden = true;
      this.words.hidden = false;
      this.element.classList.remove("seen");
      if (at instanceof SVGElement) at.focus();
    };
    this.entry.onblur = close;
    this.entry.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Escape") return close();
      if (event.key !== "Enter") return;
      const typed = parseKnobText(knob, this.entry.value);
      if (typed === null) return this.entry.classList.add("wrong");
      close();
      done(typed);
    };
  }

  private place(at: Element): void {
    const cap = at.querySelector(".knob-cap, .switch-body") ?? at;
    const box = cap.getBoundingClientRect();
    this.element.style.left = `${box.left + box.width / 2}px`;
    this.element.style.top = `${box.top - 10}px`;
    this.element.classList.add("seen");
  }
}
