/** A question in the way of everything else: yes or no, or a name. One at a time, over whatever is open. */
import { button, html } from "../drawing/svg";

export class Question {
  readonly element = html("dialog", { class: "question", role: "alertdialog" });
  private answered: (name: string | null) => void = () => {};

  constructor() {
    this.element.addEventListener("keydown", (event) => event.stopPropagation());
    this.element.addEventListener("close", () => this.answered(null)); // Escape
  }

  /** `yes` is what will be done: "Replace". */
  async confirm(question: string, yes: string): Promise<boolean> {
    return (await this.ask(question, yes, null)) !== null;
  }

  /** A name that is not empty, or null. */
  name(question: string, yes: string, name: string): Promise<string | null> {
    return this.ask(question, yes, name);
  }

  private ask(question: string, yes: string, name: string | null): Promise<string | null> {
    const entry = html("input", { type: "text", maxlength: 120, "aria-label": "Name", spellcheck: "false" });
    entry.value = name ?? "";
    const form = html("form", {},
      ...(name === null ? [] : [entry]),
      html("span", { class: "space" }),
      button("Cancel", {}, () => this.end(null)),
      html("button", { type: "submit", class: "primary" }, yes));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const typed = entry.value.trim();
      if (name === null || typed) this.end(typed);
    });
    this.element.replaceChildren(html("p", {}, question), form);
    this.element.setAttribute("aria-label", question);
    return new Promise((resolve) => {
      this.answered = resolve;
      this.element.showModal();
      if (name !== null) entry.select();
    });
  }

  private end(answer: string | null): void {
    const { answered } = this;
    this.answered = () => {};
    this.element.close();
    answered(answer);
  }
}
