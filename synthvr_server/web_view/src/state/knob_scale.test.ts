import { expect, test } from "vitest";
import { angleOf, restingTurn, turnOf, valueAt } from "./knob_scale";
import { CUTOFF, SLOPE, WIDTH } from "./rack_for_tests";

test("a log knob has its geometric mean in the middle", () => {
  expect(valueAt(CUTOFF, 0.5)).toBeCloseTo(Math.sqrt(20 * 20_000), 9);
});

test("the stops are exactly the limits, whatever the arithmetic says", () => {
  for (const knob of [CUTOFF, WIDTH]) expect([valueAt(knob, 0), valueAt(knob, 1)]).toEqual([knob.minimum, knob.maximum]);
});

test("turn and value go back and forth", () => {
  for (const knob of [CUTOFF, WIDTH]) for (const turn of [0.013, 0.37, 0.92]) expect(turnOf(knob, valueAt(knob, turn))).toBeCloseTo(turn, 12);
});

test("a value out of range stands at the nearer stop", () => {
  expect([-1, 0, 1e9].map((hertz) => turnOf(CUTOFF, hertz))).toEqual([0, 0, 1]);
});

test("a switch stands at whole positions only", () => {
  expect([0.2, 0.3, 0.8].map((turn) => valueAt(SLOPE, turn))).toEqual([0, 1, 2]);
});

test("the pointer turns 150° to either side of straight up", () => {
  expect([0, 0.5, 1].map(angleOf)).toEqual([-150, 0, 150]);
});

test("the arc of a knob that goes both ways starts at zero", () => {
  expect(restingTurn({ ...WIDTH, minimum: -1, maximum: 3 })).toBe(0.25);
  expect(restingTurn(CUTOFF)).toBe(0);
});
