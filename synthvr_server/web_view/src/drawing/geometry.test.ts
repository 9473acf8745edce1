import { expect, test } from "vitest";
import { brightness, flowColour } from "./flow_colour";
import { aimedCable } from "./cable_aim";
import { between, hangingCurve, pointOn } from "./cable_curve";
import { arcPath } from "./knob_view";
import { fitted, LARGEST_SCALE, opened, panned, revealed, SMALLEST_SCALE, toRack, toScreen, zoomed } from "./viewport";

const SIZE = { width: 800, height: 600 };
const VIEW = { x: 100, y: 50, scale: 4 };

test("rack and screen go back and forth, y up and y down", () => {
  expect(toScreen(VIEW, SIZE, { x: 100, y: 60 })).toEqual({ x: 400, y: 260 });
  expect(toRack(VIEW, SIZE, toScreen(VIEW, SIZE, { x: 12, y: -3 }))).toEqual({ x: 12, y: -3 });
});

test("zooming keeps the place under the pointer, and stops at its limits", () => {
  const pixel = { x: 130, y: 470 };
  const near = zoomed(VIEW, SIZE, pixel, 1.7);
  expect(toScreen(near, SIZE, toRack(VIEW, SIZE, pixel)).x).toBeCloseTo(pixel.x, 9);
  expect(toScreen(near, SIZE, toRack(VIEW, SIZE, pixel)).y).toBeCloseTo(pixel.y, 9);
  expect(zoomed(VIEW, SIZE, pixel, 1e6).scale).toBe(LARGEST_SCALE);
  expect(zoomed(VIEW, SIZE, pixel, 1e-6).scale).toBe(SMALLEST_SCALE);
});

test("panning takes the rack along with the hand", () => {
  const under = toRack(VIEW, SIZE, { x: 300, y: 300 });
  expect(toScreen(panned(VIEW, 40, -20), SIZE, under)).toEqual({ x: 340, y: 280 });
});

test("fitting shows the whole rack", () => {
  const view = fitted(SIZE, { x: 0, y: 0, width: 400, height: 100 }, 20);
  expect(toScreen(view, SIZE, { x: -200, y: 0 }).x).toBeCloseTo(20, 9);
});

test("a cable begins and ends at its jacks and hangs between them", () => {
  const curve = hangingCurve({ x: 0, y: 0 }, { x: 300, y: 40 }, 4);
  expect(pointOn(curve, 0)).toEqual({ x: 0, y: 0 });
  expect(pointOn(curve, 1)).toEqual({ x: 300, y: 40 });
  expect(pointOn(curve, 0.5).y).toBeGreaterThan(60);
});

test("a part of a cable lies on the whole", () => {
  const curve = hangingCurve({ x: 0, y: 0 }, { x: 300, y: 40 }, 4);
  const part = between(curve, 0.2, 0.7);
  expect(pointOn(part, 0).x).toBeCloseTo(pointOn(curve, 0.2).x, 9);
  expect(pointOn(part, 1).y).toBeCloseTo(pointOn(curve, 0.7).y, 9);
  expect(pointOn(part, 0.5).y).toBeCloseTo(pointOn(curve, 0.45).y, 9);
});

test("what is positive is red, what is negative blue, silence grey", () => {
  const [red, , redsBlue] = flowColour({ up: 5, down: 0 });
  const [bluesRed, , blue] = flowColour({ up: 0, down: -5 });
  expect(red).toBeGreaterThan(2 * redsBlue);
  expect(blue).toBeGreaterThan(2 * bluesRed);
  expect(flowColour({ up: 0, down: 0 })).toEqual(flowColour({ up: 1e-9, down: 0 }));
});

test("brightness falls evenly in dB, from 5 V down to −54 dB", () => {
  const at = (decibels: number) => brightness({ up: 5 * 10 ** (decibels / 20), down: 0 });
  expect([at(6), at(0)]).toEqual([1, 1]);
  expect(at(-27)).toBeCloseTo(0.5, 9);
  expect(at(-54)).toBeCloseTo(0, 9);
});

test("an arc of more than half a turn takes the long way", () => {
  expect(arcPath(5, 0, 1)).toContain("0 1 1");
  expect(arcPath(5, 0.5, 0.4)).toContain("0 0 1");
});

test("a hand on a cable takes the end it is near to, and none in the middle", () => {
  const cables = [
    { id: "one", curve: hangingCurve({ x: 0, y: 0 }, { x: 600, y: 0 }, 3) },
    { id: "other", curve: hangingCurve({ x: 0, y: 0 }, { x: 0, y: 400 }, 3) },
  ];
  const at = (cable: 0 | 1, along: number) => aimedCable(cables, pointOn(cables[cable]!.curve, along), 4);
  expect(at(0, 0.2)).toEqual({ id: "one", end: "from" });
  expect(at(0, 0.51)).toEqual({ id: "one", end: null });
  expect(at(1, 0.93)).toEqual({ id: "other", end: "to" });
  expect(aimedCable(cables, { x: 300, y: -40 }, 4)).toBeNull();
});

test("a panel outside the view is brought into it by the shortest way", () => {
  const rect = { x: 300, y: 50, width: 40, height: 60 };
  const view = revealed(VIEW, SIZE, rect, 20);
  expect(toScreen(view, SIZE, { x: 320, y: 50 }).x).toBeCloseTo(SIZE.width - 20, 9);
  expect(view.y).toBe(VIEW.y);
  expect(revealed(view, SIZE, rect, 20)).toBe(view);
});

test("of a panel that is larger than the view its upper left is shown", () => {
  const view = revealed(VIEW, SIZE, { x: 0, y: 0, width: 900, height: 900 }, 20);
  expect(toScreen(view, SIZE, { x: -450, y: 450 })).toEqual({ x: 20, y: 20 });
});

test("a rack opens whole where it can be read so, and fills a small screen otherwise", () => {
  const rack = { x: 0, y: 0, width: 515, height: 262 };
  expect(opened({ width: 1280, height: 640 }, rack, 12)).toEqual(fitted({ width: 1280, height: 640 }, rack, 12));
  const phone = { width: 390, height: 640 };
  const view = opened(phone, rack, 12);
  expect(view.scale).toBeCloseTo(2.3, 9);
  expect(toScreen(view, phone, { x: -257.5, y: 0 }).x).toBeCloseTo(12, 9);
});
