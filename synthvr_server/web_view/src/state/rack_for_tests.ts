/** A small rack that tests share: an oscillator into an output, and the catalogue they come from. */
import type { Command, KnobInfo, ModuleInfo, Patch, PlacedModule, Welcome } from "../protocol/messages";
import { fingerprint } from "./fingerprint";
import { rackPatch } from "./patch";

export const WIDTH: KnobInfo = {
  id: "width", label: "Width", minimum: 0, maximum: 1, default: 0.5, unit: "", scale: "linear", choices: [], help: "",
};
export const CUTOFF: KnobInfo = { ...WIDTH, id: "cutoff", label: "Cutoff", minimum: 20, maximum: 20_000, default: 1_000, unit: "Hz", scale: "log" };
export const SLOPE: KnobInfo = { ...WIDTH, id: "slope", label: "Slope", maximum: 2, default: 0, choices: ["6 dB", "12 dB", "24 dB"] };

export const VCO: ModuleInfo = {
  id: "vco", title: "VCO", description: "A bright oscillator.", tags: ["oscillators", "polyphonic"],
  inputs: [{ id: "pitch", label: "V/Oct", kind: "pitch", normal: 0, help: "" }],
  outputs: [{ id: "sine", label: "Sine", kind: "audio", help: "" }, { id: "saw", label: "Saw", kind: "audio", help: "" }],
  knobs: [WIDTH, CUTOFF, SLOPE], plays_notes: true, latency: 0, by_chance: false, being_made: false,
  panel: { width: 30.48, height: 128.5, places: { width: [10, 20], cutoff: [20, 20], slope: [10, 40], pitch: [10, 60], sine: [10, 100], saw: [20, 100] } },
};
export const OUTPUT: ModuleInfo = {
  id: "output", title: "Output", description: "To the loudspeakers.", tags: ["io"],
  inputs: [{ id: "left", label: "L", kind: "audio", normal: 0, help: "" }], outputs: [], knobs: [], plays_notes: false, latency: 0, by_chance: false, being_made: false,
  panel: { width: 20.32, height: 128.5, places: { left: [10, 60] } },
};

export function placed(type: string, fields: Partial<PlacedModule> = {}): PlacedModule {
  return { type, knobs: {}, position: [0, 0, 0], rotation: [0, 0, 0, 1], label: "", data: {}, ...fields };
}

export function smallPatch(): Patch {
  return {
    $schema: "urn:synthvr:schema:patch:1", schema_version: 1, title: "Small", notes: "",
    modules: { osc: placed("vco"), out: placed("output", { position: [40, 0, 0] }) },
    cables: { c1: { from: { module: "osc", jack: "saw" }, to: { module: "out", jack: "left" }, color: "" } },
  };
}

export function setWidth(value: number): Command {
  return { do: "set_knob", module: "osc", knob: "width", value };
}

export function welcome(fields: Partial<Welcome> = {}): Welcome {
  const patch = smallPatch();
  return {
    type: "welcome", protocol: 1, server: "SynthVR", session: "s1", client: "me",
    clients: [{ id: "me", name: "Me", kind: "web", color: "#f2b33d" }, { id: "ada", name: "Ada", kind: "headset", color: "#7fd1ae" }],
    catalogue: [VCO, OUTPUT], problems: [], revision: 7, fingerprint: fingerprint(rackPatch(patch)), patch, missed: [],
    clock: { server_time: 100, sample_time: 0 },
    engine: { type: "engine", state: "playing", sentence: "Playing.", driver: "clock", rate: 48_000, block: 64 },
    token: "",
    ...fields,
  };
}
