/** A piano keyboard on the screen, also played with the computer's keys. */
import { button, html } from "../drawing/svg";
import type { Client } from "../state/client";
import { actionOf, withKey } from "../hands/keys";
import { HIGHEST_OCTAVE, isBlackKey, LOWEST_OCTAVE, noteOfKey } from "../sound/note_keys";
import { Emitter } from "../state/emitter";
import type { NotePlayer } from "../sound/note_player";

const MOST_OCTAVES = 3;
/** Narrower white keys cannot be hit, pixels. */
const NARROWEST_KEY = 24;
const WHITE_PER_OCTAVE = 7;

export class KeyboardPanel {
  readonly element = html("section", { class: "keyboard", "aria-label": "Keyboard" });
  private readonly keys = html("div", { class: "keys" });
  private readonly target = html("select", { "aria-label": "Module to play", title: "Module to play" });
  private readonly words = html("span", { class: "octave" });
  private readonly down = new Map<string, number>();
  private octave = 3;
  private octaves = MOST_OCTAVES;
  private isWanted = true;
  /** It is shown or hidden, or has become of use or none. */
  readonly changed = new Emitter();

  constructor(private readonly client: Client, private readonly player: NotePlayer) {
    this.element.append(
      html("div", { class: "keyboard-side" }, this.target,
        html("div", { class: "octaves" }, button("−", { title: withKey("Octave down", "piano", "octave_down") }, () => this.shift(-1)), this.words,
          button("+", { title: withKey("Octave up", "piano", "octave_up") }, () => this.shift(1))),
        button("Panic", { class: "panic", title: withKey("All notes off", "piano", "panic") }, () => this.player.panic())),
      this.keys);
    this.target.addEventListener("change", () => {
      player.choose(this.target.value);
      this.target.blur();
    });
    player.changed.on(() => this.refresh());
    new ResizeObserver(() => this.suit()).observe(this.keys);
    this.listen();
    this.build();
    this.refresh();
  }

  /** Something in the patch plays notes. */
  get isOfUse(): boolean {
    return this.player.module !== null;
  }

  get isShown(): boolean {
    return this.isOfUse && this.isWanted;
  }

  toggle(): void {
    this.isWanted = !this.isWanted;
    this.refresh();
  }

  /** As many octaves as fit the page. */
  private suit(): void {
    const fitting = Math.floor(this.keys.clientWidth / NARROWEST_KEY / WHITE_PER_OCTAVE);
    const octaves = Math.min(MOST_OCTAVES, Math.max(1, fitting));
    if (octaves === this.octaves || !this.keys.clientWidth) return;
    this.octaves = octaves;
    this.build();
    this.refresh();
  }

  private listen(): void {
    window.addEventListener("keydown", (event) => this.press(event));
    window.addEventListener("keyup", ({ code }) => this.lift(code));
    window.addEventListener("blur", () => this.player.endAll());
    const noteAt = (event: PointerEvent) => {
      const key = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>("[data-note]");
      return key ? Number(key.dataset["note"]) : null;
    };
    this.keys.addEventListener("pointerdown", (event) => {
      let sounding = noteAt(event);
      if (sounding !== null) this.player.start(sounding);
      this.keys.setPointerCapture(event.pointerId);
      const glide = (moved: PointerEvent) => {
        const note = noteAt(moved);
        if (note === sounding) return;
        if (sounding !== null) this.player.end(sounding);
        if (note !== null) this.player.start(note);
        sounding = note;
      };
      const end = () => {
        if (sounding !== null) this.player.end(sounding);
        this.keys.removeEventListener("pointermove", glide);
        this.keys.removeEventListener("lostpointercapture", end);
      };
      this.keys.addEventListener("pointermove", glide);
      this.keys.addEventListener("lostpointercapture", end);
    });
  }

  private press(event: KeyboardEvent): void {
    if (event.repeat || event.defaultPrevented || isTyping(event.target)) return;
    switch (actionOf("piano", event)) {
      case "panic":
        return this.player.panic();
      case "octave_down":
        return this.shift(-1);
      case "octave_up":
        return this.shift(1);
      case "note":
        return this.play(event);
    }
  }

  private play(event: KeyboardEvent): void {
    const note = noteOfKey(event.code, this.octave);
    if (note === null || this.player.module === null) return;
    event.preventDefault();
    this.down.set(event.code, note);
    this.player.start(note);
  }

  private lift(code: string): void {
    const note = this.down.get(code);
    this.down.delete(code);
    if (note !== undefined) this.player.end(note);
  }

  private shift(step: number): void {
    this.octave = Math.min(HIGHEST_OCTAVE, Math.max(LOWEST_OCTAVE, this.octave + step));
    this.player.endAll();
    this.build();
    this.refresh();
  }

  private build(): void {
    const first = 12 * (this.octave + 1);
    const numbers = Array.from({ length: this.octaves * 12 + 1 }, (_, step) => first + step).filter((number) => number <= 127);
    const white = numbers.filter((number) => !isBlackKey(number));
    this.keys.style.setProperty("--white", String(white.length));
    this.keys.replaceChildren(...numbers.map((number) => {
      const black = isBlackKey(number);
      const before = white.filter((other) => other < number).length;
      const name = number % 12 === 0 ? `C${number / 12 - 1}` : "";
      return html("div", { class: black ? "key black" : "key white", "data-note": number, style: `--at: ${before}` }, name);
    }));
    this.words.textContent = `C${this.octave}`;
  }

  private refresh(): void {
    const { playable, module } = this.player;
    this.element.hidden = !this.isShown;
    this.changed.emit();
    const options = playable.map((id) => {
      const option = html("option", { value: id }, this.client.patch.shown.modules.get(id)?.label || this.client.info(id)?.title || id);
      option.selected = id === module;
      return option;
    });
    this.target.replaceChildren(...options);
    for (const key of this.keys.querySelectorAll<HTMLElement>("[data-note]")) {
      key.classList.toggle("on", this.player.isSounding(Number(key.dataset["note"])));
    }
  }
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
