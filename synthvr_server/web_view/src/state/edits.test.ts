import { expect, test } from "vitest";
import { addModule, cablesAt, connect, recoloured } from "./edits";
import { rackPatch } from "./patch";
import { placed, smallPatch, VCO } from "./rack_for_tests";

test("a duplicate has the knobs, the name and the texts of the first", () => {
  const first = placed("vco", { knobs: { width: 0.3 }, label: "Growl", data: { words: "la" } });
  const { id, module } = addModule(VCO, { x: 60, y: 0 }, first);
  expect(module).toEqual({ ...first, position: [60, 0, 0] });
  expect(id).toMatch(/^vco-[0-9a-z]{8}$/);
});

test("a cable in another colour goes between the same jacks, under a new id", () => {
  const cable = smallPatch().cables["c1"]!;
  const [gone, plugged] = recoloured("c1", cable, "#3fa7a3");
  expect(gone).toEqual({ do: "disconnect", id: "c1" });
  expect(plugged).toMatchObject({ do: "connect", cable: { ...cable, color: "#3fa7a3" } });
});

test("two jacks are connected once", () => {
  const patch = rackPatch(smallPatch());
  expect(connect(patch, { module: "osc", jack: "saw" }, { module: "out", jack: "left" })).toBeNull();
  expect(cablesAt(patch, { module: "out", jack: "left" })).toEqual(["c1"]);
});
