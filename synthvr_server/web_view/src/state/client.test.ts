import { beforeEach, expect, test } from "vitest";
import type { Batch, ClientMessage, Command } from "../protocol/messages";
import type { LineEvents } from "../protocol/world";
import { Client, type Told } from "./client";
import { applyBatch } from "./commands";
import { fingerprint } from "./fingerprint";
import { Myself } from "./myself";
import { OUTPUT, setWidth, VCO, welcome } from "./rack_for_tests";

let lines: { events: LineEvents; sent: ClientMessage[] }[];
let told: Told[];
let client: Client;

beforeEach(() => {
  [lines, told] = [[], []];
  client = new Client({
    connect: (events) => {
      const line = { events, sent: [] as ClientMessage[] };
      lines.push(line);
      return { send: (message) => void line.sent.push(message), close: () => {} };
    },
    now: () => 0,
    after: () => () => {},
    random: () => 0.5,
    token: { read: () => "", keep: () => {} },
    nextFrame: (act) => act(),
  }, new Myself({ read: () => "", keep: () => {} }, () => 0.5));
  client.told.on((words) => void told.push(words));
  client.session.start();
  enter();
});

function enter(): void {
  lines.at(-1)!.events.opened();
  lines.at(-1)!.events.received(welcome());
}

function batch(...commands: Command[]): Batch {
  const { confirmed, revision } = client.patch;
  return { type: "batch", revision: revision + 1, client: "ada", cause: "edit", commands, fingerprint: fingerprint(applyBatch(confirmed, commands)), subject: "" };
}

const line = () => lines.at(-1)!;

test("a patch that differs from the server's is told and fetched again, whole", () => {
  line().events.received({ ...batch(setWidth(0.2)), fingerprint: "0".repeat(16) });
  expect(client.divergences).toBe(1);
  expect(told.at(-1)?.mood).toBe("bad");
  expect(lines).toHaveLength(2);
  enter();
  expect(line().sent[0]).toMatchObject({ type: "hello", resume: null });
  expect(client.patch.revision).toBe(7);
});

test("a rejected edit is told in the server's words, and taken back", async () => {
  const done = client.edit(setWidth(3));
  expect(client.patch.shown.modules.get("osc")?.knobs["width"]).toBe(3);
  line().events.received({ type: "rejected", id: 1, code: "value_out_of_range", sentence: "Too wide.", index: 0 });
  expect(await done).toBe(false);
  expect(told).toEqual([{ mood: "bad", sentence: "Too wide." }]);
  expect(client.patch.shown).toBe(client.patch.confirmed);
});

test("a client that comes back resumes at its revision, and asks for its streams again", () => {
  client.streams.use({ stream: "meters", module: null, jack: null });
  line().events.received(batch(setWidth(0.2)));
  line().events.closed("");
  client.session.stop();
  client.session.start();
  line().events.opened();
  expect(line().sent[0]).toMatchObject({ resume: { session: "s1", revision: 8 } });
  line().events.received(welcome({ patch: null, revision: 8, fingerprint: fingerprint(client.patch.confirmed) }));
  expect(line().sent.filter(({ type }) => type === "subscribe")).toHaveLength(1);
  expect(client.divergences).toBe(0);
});

test("two views of one stream ask for it once, and the last one ends it", () => {
  const uses = [0, 1].map(() => client.streams.use({ stream: "audio", module: null, jack: null }));
  uses.forEach((end) => end());
  uses[0]?.();
  expect(line().sent.map(({ type }) => type).filter((type) => type.endsWith("subscribe"))).toEqual(["subscribe", "unsubscribe"]);
});

test("a knob that somebody else was faster to grab slips out of our hand", () => {
  client.turner.grab("osc", "width");
  client.turner.turn("osc", "width", 0.9);
  line().events.received({ type: "hold", module: "osc", knob: "width", client: "ada" });
  expect(client.turner.isHeld("osc/width")).toBe(false);
  expect(client.knobs.value("osc", client.patch.shown.modules.get("osc")!, VCO.knobs[0]!)).toBe(0.5);
});

test("a module that the catalogue does not know is still shown", () => {
  line().events.closed("");
  client.session.stop();
  client.session.start();
  line().events.opened();
  line().events.received(welcome({ catalogue: [OUTPUT] }));
  expect(client.info("osc")?.outputs.map(({ id }) => id)).toEqual(["saw"]);
});

test("modules that are ready, new or gone change the catalogue, and nothing else of what is shown", () => {
  const { shown } = client.patch;
  const added = { ...OUTPUT, id: "added", title: "Added" };
  line().events.received({ type: "catalogue", modules: [{ ...VCO, being_made: true }, added], gone: [], problems: ["x.py: bad"] });
  expect(client.catalogue.get("vco")?.being_made).toBe(true);
  expect(client.catalogue.get("output")).toBe(OUTPUT);
  line().events.received({ type: "catalogue", modules: [VCO], gone: ["added"], problems: ["x.py: bad", "y.py: bad"] });
  expect(client.catalogue.modules).toEqual([VCO, OUTPUT]);
  expect(told.map(({ sentence }) => sentence)).toEqual(["x.py: bad", "y.py: bad"]);
  expect(client.patch.shown).toBe(shown);
});

test("a module that failed is remembered until the engine starts again", () => {
  line().events.received({ type: "module_failed", module: "osc", sentence: "Its kernel failed." });
  expect(client.engine.failures.get("osc")).toBe("Its kernel failed.");
  line().events.received({ ...client.engine.status!, state: "starting", sentence: "Compiling 3 of 10." });
  expect(client.engine.failures.size).toBe(0);
});

test("that nothing is kept is shown until it is again, to those who come later too", () => {
  line().events.received({ type: "keeping", state: "not_kept", sentence: "The disk is full." });
  expect(client.keeping.notKept).toBe("The disk is full.");
  line().events.received({ type: "keeping", state: "kept", sentence: "It is kept again." });
  expect(client.keeping.notKept).toBeNull();
  expect(told.at(-1)).toEqual({ mood: "good", sentence: "It is kept again." });
});

test("who comes back to a server that keeps everything is told nothing of it", () => {
  line().events.received({ type: "keeping", state: "not_kept", sentence: "The disk is full." });
  line().events.closed("");
  client.session.resync();
  enter();
  expect(client.keeping.notKept).toBeNull();
});
