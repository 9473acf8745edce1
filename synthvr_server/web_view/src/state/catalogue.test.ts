import { expect, test } from "vitest";
import { Catalogue, family, jacksOf } from "./catalogue";
import { ghostInfo } from "./ghost";
import { rackPatch } from "./patch";
import { OUTPUT, placed, smallPatch, VCO } from "./rack_for_tests";

const catalogue = new Catalogue([OUTPUT, VCO]);
const found = (query: string) => catalogue.search(query).map(({ id }) => id);

test("modules are found by title, tag and description, and every word counts", () => {
  expect(found("vc")).toEqual(["vco"]);
  expect(found("polyphonic")).toEqual(["vco"]);
  expect(found("loudspeakers")).toEqual(["output"]);
  expect(found("bright io")).toEqual([]);
});

test("no words find all, by family", () => {
  expect(found("")).toEqual(["output", "vco"]);
  expect(family(VCO)).toBe("oscillators");
});

test("a better match comes first", () => {
  const about = { ...OUTPUT, id: "mixer", title: "Mixer", description: "Goes before an output." };
  expect(new Catalogue([about, OUTPUT]).search("output").map(({ id }) => id)).toEqual(["output", "mixer"]);
});

test("jacks know their side", () => {
  expect(jacksOf(VCO).map(({ id, side }) => `${id} ${side}`)).toEqual(["pitch input", "sine output", "saw output"]);
});

test("a ghost has the jacks that cables still hang in, each at its own place", () => {
  const patch = smallPatch();
  patch.modules["osc"] = placed("lost");
  const info = ghostInfo("osc", placed("lost"), rackPatch(patch));
  expect(info.outputs.map(({ id }) => id)).toEqual(["saw"]);
  expect(Object.keys(info.panel.places)).toEqual(["saw"]);
});
