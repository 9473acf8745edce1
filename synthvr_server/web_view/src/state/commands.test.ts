import { describe, expect, test } from "vitest";
import type { Command } from "../protocol/messages";
import { apply, applyBatch, Rejected } from "./commands";
import { rackPatch } from "./patch";
import { placed, setWidth, smallPatch } from "./rack_for_tests";

const patch = rackPatch(smallPatch());

test("a new module joins the patch, which itself stays as it was", () => {
  const next = apply(patch, { do: "add_module", id: "osc2", module: placed("vco") });
  expect([...next.modules.keys()]).toEqual(["osc", "out", "osc2"]);
  expect(patch.modules.has("osc2")).toBe(false);
});

test("what did not change is shared, so that it need not be drawn again", () => {
  const next = apply(patch, setWidth(0.2));
  expect(next.modules.get("osc")?.knobs).toEqual({ width: 0.2 });
  expect(next.modules.get("out")).toBe(patch.modules.get("out"));
  expect(next.cables).toBe(patch.cables);
});

test("a module takes its cables with it", () => {
  expect(apply(patch, { do: "remove_module", id: "out" }).cables.size).toBe(0);
});

test("a data text that is null is gone", () => {
  const written = apply(patch, { do: "set_data", id: "osc", key: "file", text: "a.wav" });
  expect(written.modules.get("osc")?.data).toEqual({ file: "a.wav" });
  expect(apply(written, { do: "set_data", id: "osc", key: "file", text: null }).modules.get("osc")?.data).toEqual({});
});

test("a batch moves a cable from one jack to another", () => {
  const { from } = patch.cables.get("c1")!;
  const next = applyBatch(patch, [
    { do: "disconnect", id: "c1" },
    { do: "connect", id: "c2", cable: { from, to: { module: "osc", jack: "pitch" }, color: "" } },
  ]);
  expect([...next.cables.keys()]).toEqual(["c2"]);
});

describe("is rejected, as the server would:", () => {
  const cable = smallPatch().cables["c1"]!;
  const rejected: [string, Command, string][] = [
    ["a module id that is taken", { do: "add_module", id: "osc", module: placed("vco") }, "duplicate_id"],
    ["a knob of no module", { do: "set_knob", module: "nobody", knob: "width", value: 1 }, "unknown_module"],
    ["a second cable between two jacks", { do: "connect", id: "c2", cable }, "duplicate_cable"],
    ["a cable id that is taken", { do: "connect", id: "c1", cable }, "duplicate_id"],
    ["unplugging no cable", { do: "disconnect", id: "c9" }, "unknown_cable"],
  ];
  test.each(rejected)("%s", (_, command, code) => {
    expect(() => apply(patch, command)).toThrow(Rejected);
    expect(() => apply(patch, command)).toThrow(expect.objectContaining({ code }));
  });
});
