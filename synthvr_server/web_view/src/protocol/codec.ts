/** Messages ↔ msgpack bytes. */
import { decode, encode } from "@msgpack/msgpack";
import type { ClientMessage, ServerMessage } from "./messages";

export function pack(message: ClientMessage): Uint8Array<ArrayBuffer> {
  return encode(message) as Uint8Array<ArrayBuffer>;
}

/** Throws a TypeError where the bytes are not a message. */
export function unpack(bytes: ArrayBuffer | Uint8Array): ServerMessage {
  const message = decode(bytes);
  if (typeof message !== "object" || message === null || !("type" in message)) {
    throw new TypeError("The server sent something that is not a message.");
  }
  return message as ServerMessage;
}

/** The samples of a scope or audio message; msgpack does not align its bytes, typed arrays insist on it. */
export function float32Samples(bytes: Uint8Array): Float32Array {
  return new Float32Array(aligned(bytes), 0, bytes.byteLength >> 2);
}

export function int16Samples(bytes: Uint8Array): Int16Array {
  return new Int16Array(aligned(bytes), 0, bytes.byteLength >> 1);
}

function aligned(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}
