import { expect, test } from "vitest";
import type { Batch, Command } from "../protocol/messages";
import { applyBatch } from "./commands";
import { fingerprint } from "./fingerprint";
import { PatchStore } from "./patch_store";
import { setWidth, welcome } from "./rack_for_tests";

function storeWithPatch(): PatchStore {
  const store = new PatchStore();
  expect(store.welcome(welcome())).toBeNull();
  return store;
}

function batchOn(store: PatchStore, ...commands: Command[]): Batch {
  return {
    type: "batch", revision: store.revision + 1, client: "ada", cause: "edit", commands,
    fingerprint: fingerprint(applyBatch(store.confirmed, commands)),
    subject: "",
  };
}

const width = (store: PatchStore) => store.shown.modules.get("osc")?.knobs["width"];

test("our own edit is shown before the server has answered", () => {
  const store = storeWithPatch();
  store.requested(1, [setWidth(0.9)]);
  expect(width(store)).toBe(0.9);
  expect(store.confirmed.modules.get("osc")?.knobs).toEqual({});
});

test("an edit that is rejected falls away", () => {
  const store = storeWithPatch();
  store.requested(1, [setWidth(0.9)]);
  store.rejected(1);
  expect(width(store)).toBeUndefined();
});

test("our edit stays on top of another's until our own batch has come", () => {
  const store = storeWithPatch();
  store.requested(1, [setWidth(0.9)]);
  expect(store.batch(batchOn(store, setWidth(0.1)))).toBeNull();
  expect(width(store)).toBe(0.9);
  store.acknowledged({ type: "ack", id: 1, revision: 9 });
  expect(width(store)).toBe(0.9);
  expect(store.batch(batchOn(store, setWidth(0.9)))).toBeNull();
  expect(store.batch(batchOn(store, setWidth(0.3)))).toBeNull();
  expect(width(store)).toBe(0.3);
});

test("a batch that comes before its answer is not applied twice", () => {
  const store = storeWithPatch();
  const commands: Command[] = [{ do: "disconnect", id: "c1" }];
  store.requested(1, commands);
  expect(store.batch(batchOn(store, ...commands))).toBeNull();
  expect(store.shown.cables.size).toBe(0);
  store.acknowledged({ type: "ack", id: 1, revision: store.revision });
  expect(store.shown).toBe(store.confirmed);
});

test("a batch with another fingerprint says that the patches differ", () => {
  const store = storeWithPatch();
  expect(store.batch({ ...batchOn(store, setWidth(0.1)), fingerprint: "0000000000000000" })).toBe("fingerprint");
});

test("a revision that is left out is noticed", () => {
  const store = storeWithPatch();
  expect(store.batch({ ...batchOn(store, setWidth(0.1)), revision: 9 })).toBe("gap");
});

test("a batch that does not fit is noticed", () => {
  const store = storeWithPatch();
  expect(store.batch({ ...batchOn(store), commands: [{ do: "disconnect", id: "c9" }] })).toBe("rejected");
});

test("a client that comes back catches up with what it missed", () => {
  const store = storeWithPatch();
  const missed = batchOn(store, setWidth(0.4));
  store.requested(1, [setWidth(0.9)]);
  expect(store.welcome(welcome({ patch: null, missed: [missed], revision: 8, fingerprint: missed.fingerprint }))).toBeNull();
  expect(width(store)).toBe(0.4);
});
