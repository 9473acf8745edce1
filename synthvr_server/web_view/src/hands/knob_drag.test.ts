import { expect, test } from "vitest";
import { CUTOFF, SLOPE, WIDTH } from "../state/rack_for_tests";
import { turnOf } from "../state/knob_scale";
import { FINE, FULL_TURN_PIXELS, KnobDrag, stepped } from "./knob_drag";

test("a hand that has not moved leaves the knob where it is", () => {
  expect(new KnobDrag(WIDTH, 0.3).move(0, false)).toBeCloseTo(0.3, 12);
});

test("a full way up goes from stop to stop", () => {
  expect(new KnobDrag(CUTOFF, 20).move(FULL_TURN_PIXELS, false)).toBe(20_000);
});

test("fine is fifteen times slower", () => {
  const fine = new KnobDrag(WIDTH, 0).move(FULL_TURN_PIXELS, true);
  expect(fine).toBeCloseTo(1 / FINE, 12);
});

test("changing to fine within a drag does not jump", () => {
  const drag = new KnobDrag(WIDTH, 0.5);
  const before = drag.move(22, false);
  expect(drag.move(0, true)).toBe(before);
});

test("a hand that went beyond a stop comes back at once", () => {
  const drag = new KnobDrag(WIDTH, 0.9);
  expect(drag.move(FULL_TURN_PIXELS, false)).toBe(1);
  expect(drag.move(-FULL_TURN_PIXELS / 2, false)).toBeCloseTo(0.5, 12);
});

test("a slow drag through a switch reaches every position", () => {
  const drag = new KnobDrag(SLOPE, 0);
  const positions = new Set(Array.from({ length: FULL_TURN_PIXELS }, () => drag.move(1, false)));
  expect([...positions]).toEqual([0, 1, 2]);
});

test("a step is a fiftieth of the way, on a switch one position", () => {
  expect(turnOf(CUTOFF, stepped(CUTOFF, 1_000, 1, false)) - turnOf(CUTOFF, 1_000)).toBeCloseTo(0.02, 12);
  expect(stepped(SLOPE, 1, 1, false)).toBe(2);
  expect(stepped(SLOPE, 2, 5, false)).toBe(2);
});
