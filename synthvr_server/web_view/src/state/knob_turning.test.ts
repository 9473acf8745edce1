import { beforeEach, expect, test } from "vitest";
import type { ClientMessage } from "../protocol/messages";
import { KnobTurner } from "./knob_turner";
import { KnobValues } from "./knob_values";
import { placed, setWidth, WIDTH } from "./rack_for_tests";

let sent: ClientMessage[];
let frames: (() => void)[];
let timers: (() => void)[];
let values: KnobValues;
let turner: KnobTurner;

beforeEach(() => {
  [sent, frames, timers] = [[], [], []];
  values = new KnobValues();
  turner = new KnobTurner({
    send: (message) => sent.push(message) > 0,
    nextFrame: (act) => void frames.push(act),
    after: (_, act) => {
      timers.push(act);
      return () => void (timers = timers.filter((other) => other !== act));
    },
    self: () => "me",
  }, values);
});

const shown = () => values.value("osc", placed("vco", { knobs: { width: 0.1 } }), WIDTH);

test("many turns within a frame become one, with the newest value", () => {
  turner.grab("osc", "width");
  for (const value of [0.2, 0.3, 0.4]) turner.turn("osc", "width", value);
  frames.shift()?.();
  expect(sent.map(({ type }) => type)).toEqual(["grab", "turn"]);
  expect(sent[1]).toMatchObject({ value: 0.4 });
  expect(frames).toEqual([]);
});

test("the last value is sent before the hand lets go", () => {
  turner.grab("osc", "width");
  turner.turn("osc", "width", 0.7);
  turner.release("osc", "width");
  expect(sent.map(({ type }) => type)).toEqual(["grab", "turn", "release"]);
});

test("steps of the wheel are one turn, which ends when no more come", () => {
  turner.nudge("osc", "width", 0.2);
  turner.nudge("osc", "width", 0.3);
  expect(timers).toHaveLength(1);
  timers[0]?.();
  expect(sent.map(({ type }) => type)).toEqual(["grab", "turn", "release"]);
  expect(sent[1]).toMatchObject({ value: 0.3 });
});

test("a knob in another's hand cannot be grabbed until it is free", () => {
  values.hold({ type: "hold", module: "osc", knob: "width", client: "ada" });
  expect(turner.grab("osc", "width")).toBe(false);
  values.hold({ type: "hold", module: "osc", knob: "width", client: null });
  expect(turner.grab("osc", "width")).toBe(true);
});

test("a hand that came too late slips off, and the knob goes back", () => {
  turner.grab("osc", "width");
  turner.turn("osc", "width", 0.7);
  turner.lose("osc/width");
  expect(shown()).toBe(0.1);
  frames.shift()?.();
  expect(sent.map(({ type }) => type)).toEqual(["grab"]);
});

test("a knob stands at its live value, then at the patch's, then at its default", () => {
  expect(values.value("osc", placed("vco"), WIDTH)).toBe(0.5);
  values.turned({ type: "turns", knobs: [{ module: "osc", knob: "width", value: 0.8, client: "ada" }] });
  expect(shown()).toBe(0.8);
  values.batch({ type: "batch", revision: 1, client: "ada", cause: "knob", commands: [setWidth(0.8)], fingerprint: "", subject: "" }, () => false);
  expect(shown()).toBe(0.1);
});

test("a batch does not take a knob out of our own hand", () => {
  values.turn("osc/width", 0.9);
  values.batch({ type: "batch", revision: 1, client: "ada", cause: "undo", commands: [setWidth(0.2)], fingerprint: "", subject: "" }, () => true);
  expect(shown()).toBe(0.9);
});

test("who leaves lets go of everything", () => {
  values.hold({ type: "hold", module: "osc", knob: "width", client: "ada" });
  values.left("ada");
  expect(values.holder("osc/width")).toBeUndefined();
});
