import { encode } from "@msgpack/msgpack";
import { expect, test } from "vitest";
import { float32Samples, int16Samples, pack, unpack } from "./codec";

test("a message goes out as a msgpack map", () => {
  expect([...pack({ type: "ping", time: 1.5 })]).toEqual([...encode({ type: "ping", time: 1.5 })]);
});

test("samples are read wherever in the message they lie", () => {
  const volts = Float32Array.of(-5, 0.25, 10);
  const pcm = Int16Array.of(-32768, 0, 32767);
  for (const padding of ["", "a", "ab", "abc"]) {
    const scope = unpack(encode({ type: "scope", module: padding, samples: new Uint8Array(volts.buffer) }));
    const audio = unpack(encode({ type: "audio", module: padding, pcm: new Uint8Array(pcm.buffer) }));
    if (scope.type !== "scope" || audio.type !== "audio") throw new Error("The type was lost.");
    expect([...float32Samples(scope.samples)]).toEqual([...volts]);
    expect([...int16Samples(audio.pcm)]).toEqual([...pcm]);
  }
});

test("bytes that are no message are refused", () => {
  expect(() => unpack(encode("hello"))).toThrow(TypeError);
});
