/**
 * Every key there is, once: the hands look their keys up here, the help and the tool tips are written from here.
 * "Ctrl" is Command on a Mac. A key in brackets is the place of a key of the US layout, whatever is printed on it.
 */
import { NOTE_CODES } from "../sound/note_keys";

export interface KeyRow {
  readonly action: string;
  /** Any of them; modifiers that are not named must not be held. */
  readonly keys: readonly string[];
  readonly does: string;
}

const KEYS = {
  page: [
    { action: "help", keys: ["?", "F1"], does: "Shows all keys and gestures" },
    { action: "add", keys: ["Ctrl+K"], does: "Adds a module" },
    { action: "library", keys: ["Ctrl+S"], does: "Saves, loads and keeps patches" },
    { action: "undo", keys: ["Ctrl+Z"], does: "Takes back your latest change" },
    { action: "redo", keys: ["Shift+Ctrl+Z", "Ctrl+Y"], does: "Does again what you took back" },
    { action: "fit", keys: ["Home"], does: "Shows the whole rack" },
    { action: "closer", keys: ["+", "="], does: "Zooms in" },
    { action: "farther", keys: ["-"], does: "Zooms out" },
  ],
  rack: [
    { action: "left", keys: ["ArrowLeft"], does: "Moves the view" },
    { action: "right", keys: ["ArrowRight"], does: "Moves the view" },
    { action: "up", keys: ["ArrowUp"], does: "Moves the view" },
    { action: "down", keys: ["ArrowDown"], does: "Moves the view" },
  ],
  module: [
    { action: "remove", keys: ["Delete", "Backspace"], does: "Removes the module and its cables" },
    { action: "name", keys: ["Enter", "F2"], does: "Gives the module a name of your own" },
    { action: "left", keys: ["Alt+ArrowLeft"], does: "Hangs the module one place to the left" },
    { action: "right", keys: ["Alt+ArrowRight"], does: "Hangs the module one place to the right" },
    { action: "up", keys: ["Alt+ArrowUp"], does: "Hangs the module one row up" },
    { action: "down", keys: ["Alt+ArrowDown"], does: "Hangs the module one row down" },
  ],
  knob: [
    { action: "more", keys: ["ArrowUp", "ArrowRight"], does: "Turns it up a step" },
    { action: "less", keys: ["ArrowDown", "ArrowLeft"], does: "Turns it down a step" },
    { action: "bit_more", keys: ["Shift+ArrowUp", "Shift+ArrowRight"], does: "Turns it up a little" },
    { action: "bit_less", keys: ["Shift+ArrowDown", "Shift+ArrowLeft"], does: "Turns it down a little" },
    { action: "much_more", keys: ["PageUp"], does: "Turns it up five steps" },
    { action: "much_less", keys: ["PageDown"], does: "Turns it down five steps" },
    { action: "lowest", keys: ["Home"], does: "Turns it to its lower stop" },
    { action: "highest", keys: ["End"], does: "Turns it to its upper stop" },
    { action: "default", keys: ["Backspace"], does: "Turns it back to its default" },
    { action: "type", keys: ["Enter"], does: "Takes a typed value: 700, 0.7 s, 1.5k, −6 dB, 50 %, A4" },
    { action: "type_digit", keys: [..."0123456789", ".", ",", "-"], does: "Begins a typed value" },
  ],
  jack: [
    { action: "touch", keys: ["Enter", "Space"], does: "Opens its menu, or plugs the cable that you hold" },
    { action: "unplug", keys: ["Delete", "Backspace"], does: "Unplugs the cable plugged last" },
    { action: "drop", keys: ["Escape"], does: "Lets go of the cable that you hold" },
  ],
  piano: [
    { action: "note", keys: NOTE_CODES.map((code) => `[${code}]`), does: "Play notes" },
    { action: "octave_down", keys: ["[KeyZ]"], does: "Goes an octave down" },
    { action: "octave_up", keys: ["[KeyX]"], does: "Goes an octave up" },
    { action: "panic", keys: ["Escape"], does: "Ends all notes" },
  ],
} as const satisfies Record<string, readonly KeyRow[]>;

export type Where = keyof typeof KEYS;
export type ActionOf<W extends Where> = (typeof KEYS)[W][number]["action"];

/** What a key does at a place; null for nothing. */
export function actionOf<W extends Where>(where: W, event: KeyboardEvent): ActionOf<W> | null {
  const rows: readonly KeyRow[] = KEYS[where];
  return (rows.find(({ keys }) => keys.some((key) => isPressed(key, event)))?.action ?? null) as ActionOf<W> | null;
}

export function keysAt(where: Where): readonly KeyRow[] {
  return KEYS[where];
}

/** "Undo (Ctrl+Z)": a tool tip with the first key that does the same. */
export function withKey<W extends Where>(words: string, where: W, action: ActionOf<W>): string {
  const key = keysAt(where).find((row) => row.action === action)?.keys[0] ?? "";
  return `${words} (${keyWords(key)})`;
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Escape: "Esc", PageUp: "Page up", PageDown: "Page down",
  Semicolon: ";", Quote: "'",
};

/** A key as it is printed on the keyboard. */
export function keyWords(key: string): string {
  const bare = key.replace(/^\[(?:Key)?(.+)\]$/, "$1");
  return bare.split(/\+(?=.)/).map((part) => SIGNS[part] ?? part).join("+");
}

function isPressed(key: string, event: KeyboardEvent): boolean {
  const parts = key.split(/\+(?=.)/);
  const named = parts.at(-1) ?? "";
  const held = (name: string) => parts.slice(0, -1).includes(name);
  if (held("Ctrl") !== (event.ctrlKey || event.metaKey) || held("Alt") !== event.altKey) return false;
  if (named.startsWith("[")) return !event.shiftKey && event.code === named.slice(1, -1);
  // What a sign needs Shift for depends on the layout: only letters and named keys look at it.
  const isSign = named.length === 1 && !/[A-Z]/.test(named);
  if (!isSign && held("Shift") !== event.shiftKey) return false;
  if (named === "Space") return event.key === " ";
  if (!/^[A-Z]$/.test(named)) return event.key === named;
  // Where the layout has no Latin letters, the key at that place counts.
  return event.key.toUpperCase() === named || (!/^[\x00-\x7f]$/.test(event.key) && event.code === `Key${named}`);
}
