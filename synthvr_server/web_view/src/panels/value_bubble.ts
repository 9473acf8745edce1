/** The value of the knob in the hand, written beside it; the same place takes a typed value. */
import type { KnobInfo } from "../protocol/messages";
import { html } from "../drawing/svg";
import { readEntry } from "../state/knob_entry";
import { knobText, shownUnit } from "../state/knob_text";

const FADE_AFTER_MS = 900;

export class ValueBubble {
  readonly element = html("div", { class: "bubble", role: "status" });
  private readonly words = html("span");
  private readonly unit = html("span", { class: "unit" });
  private readonly help = html("small", { role: "alert" });
  private readonly entry = html("input", { type: "text", "aria-label": "New value", spellcheck: "false" });
  private fading = 0;
  private typing = false;

  constructor() {
    this.entry.hidden = this.unit.hidden = true;
    this.element.append(this.words, this.entry, this.unit, this.help);
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

  /**
   * Takes a typed value; `first` is the key that began it. Beside it stands the unit of a number without one. What is
   * out of range is told and can be mended; Escape leaves everything as it was.
   */
  edit(at: Element, knob: KnobInfo, value: number, first: string | null, done: (value: number) => void): void {
    clearTimeout(this.fading);
    this.typing = true;
    this.words.hidden = true;
    this.help.textContent = "";
    this.entry.hidden = this.unit.hidden = false;
    this.unit.textContent = shownUnit(value, knob.unit);
    this.entry.value = first ?? knobText(knob, value).replace("−", "-");
    this.entry.removeAttribute("aria-invalid");
    this.place(at);
    this.entry.focus();
    if (first === null) this.entry.select();
    const close = () => {
      this.entry.onkeydown = this.entry.onblur = null;
      this.typing = false;
      this.entry.hidden = this.unit.hidden = true;
      this.words.hidden = false;
      this.element.classList.remove("seen");
      if (at instanceof SVGElement) at.focus();
    };
    this.entry.onblur = close;
    this.entry.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Escape") return close();
      if (event.key !== "Enter") return;
      const typed = readEntry(knob, value, this.entry.value);
      if ("problem" in typed) {
        this.entry.setAttribute("aria-invalid", "true");
        this.help.textContent = typed.problem;
        return this.place(at);
      }
      close();
      done(typed.value);
    };
  }

  private place(at: Element): void {
    const cap = at.querySelector(".knob-cap, .switch-body") ?? at;
    const box = cap.getBoundingClientRect();
    const half = this.element.offsetWidth / 2;
    const [x, y] = [box.left + box.width / 2, box.top - 10];
    this.element.style.left = `${Math.max(half, Math.min(window.innerWidth - half, x))}px`;
    this.element.style.top = `${Math.max(this.element.offsetHeight, y)}px`;
    this.element.classList.add("seen");
  }
}
