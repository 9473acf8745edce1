import { expect, test } from "vitest";
import type { Batch, Cause } from "../protocol/messages";
import { Myself } from "./myself";
import { newsOf } from "./news";
import { People } from "./people";

function shelf() {
  const kept = new Map<string, string>();
  return { kept, read: (name: string) => kept.get(name) ?? "", keep: (name: string, text: string) => void kept.set(name, text) };
}

function batch(cause: Cause, subject = ""): Batch {
  return { type: "batch", revision: 1, client: "ada", cause, commands: [], fingerprint: "", subject };
}

test("whoever comes again is the same person under the same name", () => {
  const first = shelf();
  const me = new Myself(first, Math.random);
  me.become("Ada", "#3fa7a3");
  expect(new Myself(first, Math.random).introduction).toEqual(me.introduction);
  expect(me.introduction).toMatchObject({ name: "Ada", color: "#3fa7a3" });
  expect(me.introduction.person).toMatch(/^[0-9a-z]{20}$/);
  expect(new Myself(shelf(), Math.random).introduction.person).not.toBe(me.introduction.person);
});

test("what others load, begin anew or take back is told; what they turn and plug is seen", () => {
  expect(newsOf(batch("load", "Far shore"), "Ada")).toBe("Ada loaded “Far shore”.");
  expect(newsOf(batch("new"), "Ada")).toBe("Ada began a new patch.");
  expect(newsOf(batch("undo", "the cable from VCO Saw to Ladder In"), "Ada")).toBe("Ada took back the cable from VCO Saw to Ladder In.");
  expect(newsOf(batch("redo"), "Ada")).toBe("Ada did a change again.");
  expect([newsOf(batch("edit"), "Ada"), newsOf(batch("knob"), "Ada")]).toEqual([null, null]);
});

test("a new name keeps what is known of somebody's hands", () => {
  const people = new People();
  people.welcome([{ id: "a", name: "Desktop", kind: "web", color: "#111111" }]);
  people.present({ type: "others_presence", client: "a", head: null, left: null, right: null, holding: ["vco/fine"] });
  people.introduced({ id: "a", name: "Ada", kind: "web", color: "#222222" });
  expect(people.get("a")).toMatchObject({ name: "Ada", color: "#222222", presence: { holding: ["vco/fine"] } });
});
