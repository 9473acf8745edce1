import { expect, test } from "vitest";
import { ROW_MM, type Rect } from "./placing";
import { shifted } from "./shifting";

const panel = (x: number, y = 0, width = 40): Rect => ({ x, y, width, height: 128.5 });

test("a panel passes its neighbour, and both fill the stretch they filled before", () => {
  const moved = shifted(new Map([["a", panel(0)], ["b", panel(50, 0, 60)], ["c", panel(200)]]), "a", "right");
  expect(moved).toEqual(new Map([["a", { x: 60, y: 0 }], ["b", { x: 10, y: 0 }]]));
});

test("it comes back the same way", () => {
  const moved = shifted(new Map([["a", panel(60)], ["b", panel(10, 0, 60)]]), "a", "left");
  expect(moved).toEqual(new Map([["a", { x: 0, y: 0 }], ["b", { x: 50, y: 0 }]]));
});

test("without a neighbour it goes two units on", () => {
  expect(shifted(new Map([["a", panel(0)], ["b", panel(-50)]]), "a", "right")).toEqual(new Map([["a", { x: 10.16, y: 0 }]]));
});

test("a row down it hangs beside what hangs there", () => {
  const place = shifted(new Map([["a", panel(0)], ["b", panel(5, -ROW_MM)]]), "a", "down").get("a");
  expect(place?.y).toBeCloseTo(-ROW_MM, 9);
  expect(Math.abs((place?.x ?? 0) - 5)).toBeGreaterThanOrEqual(40 - 0.01);
});
