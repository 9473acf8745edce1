import { expect, test } from "vitest";
import { actionOf, keysAt, keyWords, withKey, type Where } from "./keys";

type Pressed = Partial<Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">>;

function press(fields: Pressed): KeyboardEvent {
  return { key: "", code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...fields } as KeyboardEvent;
}

test("a key with Shift is another key", () => {
  expect(actionOf("page", press({ key: "z", code: "KeyZ", ctrlKey: true }))).toBe("undo");
  expect(actionOf("page", press({ key: "Z", code: "KeyZ", ctrlKey: true, shiftKey: true }))).toBe("redo");
  expect(actionOf("page", press({ key: "z", code: "KeyZ" }))).toBeNull();
});

test("Command on a Mac is Ctrl", () => {
  expect(actionOf("page", press({ key: "k", code: "KeyK", metaKey: true }))).toBe("add");
});

test("the letter that is printed counts, and its place where there are no Latin letters", () => {
  expect(actionOf("page", press({ key: "z", code: "KeyW", ctrlKey: true }))).toBe("undo"); // AZERTY
  expect(actionOf("page", press({ key: "я", code: "KeyZ", ctrlKey: true }))).toBe("undo");
});

test("a sign is found wherever the layout has it", () => {
  expect(actionOf("page", press({ key: "?", code: "Minus", shiftKey: true }))).toBe("help");
  expect(actionOf("page", press({ key: "+", code: "BracketRight" }))).toBe("closer");
});

test("notes are played by the place of the key", () => {
  expect(actionOf("piano", press({ key: "ф", code: "KeyA" }))).toBe("note");
  expect(actionOf("piano", press({ key: "a", code: "KeyA", ctrlKey: true }))).toBeNull();
});

test("no key does two things at one place", () => {
  for (const where of ["page", "rack", "module", "knob", "jack", "piano"] satisfies Where[]) {
    const keys = keysAt(where).flatMap((row) => row.keys);
    expect(new Set(keys).size).toBe(keys.length);
  }
});

test("keys are written as they are printed", () => {
  expect(["[KeyA]", "[Semicolon]", "Alt+ArrowLeft", "+", "Shift+Ctrl+Z"].map(keyWords)).toEqual(["A", ";", "Alt+←", "+", "Shift+Ctrl+Z"]);
  expect(withKey("Undo", "page", "undo")).toBe("Undo (Ctrl+Z)");
});
