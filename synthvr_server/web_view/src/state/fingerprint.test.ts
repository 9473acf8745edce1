import { expect, test } from "vitest";
import type { Patch } from "../protocol/messages";
import { fingerprint } from "./fingerprint";
import { EMPTY_PATCH, rackPatch } from "./patch";

// Computed by synthvr_server/patch/fingerprint.py.
const SERVERS = "3442897239002aa2";
const SERVERS_EMPTY = "bac99e506cbdc2e3";

const PATCH: Patch = {
  $schema: "urn:synthvr:schema:patch:1", schema_version: 1, title: "Nachtzug ♪", notes: "zwei Zeilen\nüber 日本",
  modules: {
    osc: {
      type: "vco", knobs: { width: 0.5, fine: -0, octave: -1.25 }, position: [12.7, -133.35, 0.1], rotation: [0, 0, 0, 1],
      label: "Bass", data: {},
    },
    "out-1": {
      type: "output", knobs: {}, position: [0, 0, 0], rotation: [0, 0.7071067811865475, 0, 0.7071067811865476],
      label: "", data: { b: "2", a: "ünder" },
    },
  },
  cables: { c1: { from: { module: "osc", jack: "saw" }, to: { module: "out-1", jack: "left" }, color: "#f00" } },
};

test("a patch has the server's fingerprint, whatever alphabet it is written in", () => {
  expect(fingerprint(rackPatch(PATCH))).toBe(SERVERS);
});

test("an empty patch has the server's fingerprint", () => {
  expect(fingerprint(EMPTY_PATCH)).toBe(SERVERS_EMPTY);
});

test("the order of modules and knobs does not matter", () => {
  const { modules } = PATCH;
  const turned = { ...PATCH, modules: Object.fromEntries(Object.entries(modules).reverse()) };
  expect(fingerprint(rackPatch(turned))).toBe(SERVERS);
});

test("the last bit of one knob changes it", () => {
  const osc = PATCH.modules["osc"]!;
  const other = { ...PATCH.modules, osc: { ...osc, knobs: { ...osc.knobs, width: 0.5 + Number.EPSILON } } };
  expect(fingerprint(rackPatch({ ...PATCH, modules: other }))).not.toBe(SERVERS);
});
