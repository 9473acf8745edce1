import { expect, test } from "vitest";
import type { Meters } from "../protocol/messages";
import { LevelMeters, peak } from "./meters";

function meters(low: number, high: number, fields: Partial<Meters> = {}): Meters {
  return {
    type: "meters", sample_time: 0, load: 0.1, late_blocks: 0, blocks: 0, feedback: [], peak_left: 0, peak_right: 0, reduction: 0,
    modules: { osc: { cpu: 0.01, levels: [[low, high]], not_finite: 0 } }, ...fields,
  };
}

test("a 1 ms trigger is still seen when the next meters come", () => {
  const levels = new LevelMeters();
  levels.take(meters(0, 10), 0);
  levels.take(meters(0, 0), 1 / 30);
  expect(levels.level("osc", 0).up).toBeGreaterThan(7);
  levels.take(meters(0, 0), 2);
  expect(levels.level("osc", 0).up).toBeLessThan(0.1);
});

test("both sides of a signal fall by themselves", () => {
  const levels = new LevelMeters();
  levels.take(meters(-5, 1), 0);
  levels.take(meters(-1, 3), 0.01);
  const level = levels.level("osc", 0);
  expect(level.up).toBe(3);
  expect(level.down).toBeLessThan(-4);
  expect(peak(level)).toBe(-level.down);
});

test("a module that is gone is silent", () => {
  const levels = new LevelMeters();
  levels.take(meters(-5, 5), 0);
  levels.take(meters(0, 0, { modules: {} }), 0.01);
  expect(peak(levels.level("osc", 0))).toBe(0);
});

test("cables that are heard one block late are known", () => {
  const levels = new LevelMeters();
  levels.take(meters(0, 0, { feedback: ["c7"] }), 0);
  expect([levels.isFeedback("c7"), levels.isFeedback("c8")]).toEqual([true, false]);
});
