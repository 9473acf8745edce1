import { expect, test } from "vitest";
import type { Patch } from "../protocol/messages";
import { arranged, unplaced, type Size } from "./arranging";
import { rackPatch, type RackPatch } from "./patch";
import { overlaps, type Rect } from "./placing";
import { placed } from "./rack_for_tests";

const READY_MADE = import.meta.glob<Patch>("../../../patches/*.json", { eager: true, import: "default" });
const SIZE: Size = { width: 40, height: 128.5 };

/** A patch of modules "a>b b>c": every pair a cable. */
function chain(cables: string, ids: string): RackPatch {
  return {
    title: "", notes: "",
    modules: new Map(ids.split("").map((id) => [id, placed("vca")])),
    cables: new Map(cables.split(" ").filter(Boolean).map((name) => {
      const [from = "", to = ""] = name.split(">");
      return [name, { from: { module: from, jack: "out" }, to: { module: to, jack: "in" }, color: "" }];
    })),
  };
}

function sizesOf(patch: RackPatch): Map<string, Size> {
  return new Map([...patch.modules.keys()].map((id) => [id, SIZE]));
}

test("a chain hangs from left to right, whatever the order of its modules", () => {
  const patch = chain("c>a a>d d>b", "abcd");
  const places = arranged(patch, sizesOf(patch), 100);
  expect([..."cadb"].map((id) => places.get(id)!.x)).toEqual([-60, -20, 20, 60]);
});

test("of a loop only the cable that comes back goes left", () => {
  const patch = chain("a>b b>c c>b", "abc");
  const places = arranged(patch, sizesOf(patch), 100);
  expect(places.get("a")!.x).toBeLessThan(places.get("b")!.x);
  expect(places.get("b")!.x).toBeLessThan(places.get("c")!.x);
});

test("every ready-made patch: cables go to the right, no panel lies over another, and a screen is filled", () => {
  expect(Object.keys(READY_MADE).length).toBeGreaterThan(0);
  for (const [name, file] of Object.entries(READY_MADE)) {
    const patch = rackPatch(file);
    const sizes = sizesOf(patch);
    const places = arranged(patch, sizes, 16 / 9);
    const rects: Rect[] = [...places.values()].map((place) => ({ ...place, ...SIZE }));
    rects.forEach((one, index) => rects.slice(index + 1).forEach((other) => expect(overlaps(one, other)).toBe(false)));
    const back = [...patch.cables.values()].filter(({ from, to }) => places.get(from.module)!.x >= places.get(to.module)!.x);
    expect(back.map(({ from, to }) => `${from.module} → ${to.module}`), name).toEqual([]);
  }
});

test("two people who arrange the same patch arrange it alike", () => {
  const patch = chain("a>b a>c b>d c>d", "dcba");
  expect(arranged(patch, sizesOf(patch), 1.5)).toEqual(arranged(patch, sizesOf(patch), 1.5));
});

test("a patch that nobody hung has no places; one module at the origin may want to be there", () => {
  expect(unplaced(chain("", "abc"))).toEqual(["a", "b", "c"]);
  expect(unplaced(chain("", "a"))).toEqual([]);
});

test("an empty rack is arranged", () => {
  expect(arranged(chain("", ""), new Map(), 1.5).size).toBe(0);
});
