import { beforeEach, expect, test } from "vitest";
import { welcome } from "../state/rack_for_tests";
import type { ClientMessage, Resume, ServerMessage } from "./messages";
import { RequestFailed } from "./requests";
import { Session } from "./session";
import type { LineEvents, SessionState } from "./world";

let lines: { events: LineEvents; sent: ClientMessage[]; closed: boolean }[];
let timers: { seconds: number; act: () => void }[];
let states: SessionState[];
let heard: ServerMessage[];
let now: number;
let resume: Resume | null;
let token: string;
let session: Session;

beforeEach(() => {
  [lines, timers, states, heard, now, resume, token] = [[], [], [], [], 10, null, ""];
  session = new Session({
    connect: (events) => {
      const line = { events, sent: [] as ClientMessage[], closed: false };
      lines.push(line);
      return { send: (message) => void line.sent.push(message), close: () => void (line.closed = true) };
    },
    now: () => now,
    after: (seconds, act) => {
      const timer = { seconds, act };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
    random: () => 0.5,
    token: { read: () => token, keep: (given) => void (token = given) },
  }, {
    state: (state) => void states.push(state),
    welcome: () => {},
    message: (message) => void heard.push(message),
    resumeFrom: () => resume,
  }, () => ({ name: "Tester", color: "", person: "p1" }));
});

function connected(): (typeof lines)[number] {
  session.start();
  return welcomed();
}

function welcomed(): (typeof lines)[number] {
  const line = lines.at(-1)!;
  line.events.opened();
  line.events.received(welcome());
  return line;
}

function runTimer(): void {
  timers.shift()?.act();
}

test("hello comes first, and the welcome opens the session", () => {
  const line = connected();
  expect(line.sent[0]).toMatchObject({ type: "hello", protocol: 1, kind: "web", name: "Tester", resume: null });
  expect(states.map(({ is }) => is)).toEqual(["connecting", "open"]);
  expect(session.client).toBe("me");
});

test("a request is answered by the message with its id", async () => {
  const line = connected();
  const [first, second] = [session.request([{ type: "undo" }]), session.request([{ type: "redo" }])];
  line.events.received({ type: "ack", id: 2, revision: 9 });
  line.events.received({ type: "rejected", id: 1, code: "nothing_to_undo", sentence: "There is nothing to undo.", index: 0 });
  await expect(second).resolves.toMatchObject({ revision: 9 });
  await expect(first).rejects.toThrow(new RequestFailed("nothing_to_undo", "There is nothing to undo."));
});

test("requests that a lost connection leaves behind fail, and later ones fail at once", async () => {
  const line = connected();
  const left = session.request([{ type: "undo" }]);
  line.events.closed("");
  await expect(left).rejects.toMatchObject({ code: "disconnected" });
  await expect(session.request([{ type: "undo" }])).rejects.toMatchObject({ code: "not_connected" });
  expect(session.send({ type: "ping", time: 0 })).toBe(false);
});

test("after a lost connection the client comes back and resumes", () => {
  connected().events.closed("Too slow.");
  expect(states.at(-1)).toEqual({ is: "waiting", seconds: 0.25, reason: "Too slow." });
  resume = { session: "s1", revision: 7 };
  runTimer();
  expect(welcomed().sent[0]).toMatchObject({ type: "hello", resume: { session: "s1", revision: 7 } });
});

test("it waits longer each time, at most five seconds, and short again after a welcome", () => {
  session.start();
  const waits = Array.from({ length: 7 }, () => {
    lines.at(-1)!.events.closed("");
    const { seconds } = timers[0]!;
    runTimer();
    return seconds;
  });
  expect(waits).toEqual([0.25, 0.5, 1, 2, 4, 5, 5]);
  welcomed().events.closed("");
  expect(timers[0]?.seconds).toBe(0.25);
});

test("starting afresh asks for the whole patch", () => {
  const line = connected();
  resume = { session: "s1", revision: 7 };
  session.resync();
  expect(line.closed).toBe(true);
  expect(welcomed().sent[0]).toMatchObject({ resume: null });
});

test("what a line that was given up still says is not heard", () => {
  const old = connected();
  session.resync();
  old.events.received({ type: "left", client: "ada" });
  old.events.closed("");
  expect(heard).toEqual([]);
  expect(lines).toHaveLength(2);
});

test("a server that stops answering is given up", () => {
  connected();
  now += 2;
  runTimer();
  expect(states.at(-1)?.is).toBe("open");
  now += 7;
  runTimer();
  expect(states.at(-1)).toMatchObject({ is: "waiting", reason: "The server has stopped answering." });
});

test("a ping measures the way and sets the clock by the shortest", () => {
  const line = connected();
  now = 10.1;
  line.events.received({ type: "pong", time: 10, clock: { server_time: 200.05, sample_time: 48_000 } });
  expect(session.clock.roundTrip).toBeCloseTo(0.1, 9);
  expect(session.clock.serverTime).toBeCloseTo(200.1, 9);
  now = 12;
  line.events.received({ type: "pong", time: 11, clock: { server_time: 201.9, sample_time: 48_000 } });
  expect(session.clock.serverTime).toBeCloseTo(202, 9);
  expect(session.clock.uncertainty).toBeCloseTo(0.05, 9);
  expect(session.clock.timeOfFrame(48_000 + 24_000)).toBeCloseTo(202.4, 9);
});

test("the first pings follow each other closely", () => {
  connected();
  const waits = Array.from({ length: 10 }, () => {
    const { seconds } = timers[0]!;
    runTimer();
    return seconds;
  });
  expect(waits).toEqual([...Array<number>(7).fill(0.25), 2, 2, 2]);
});

test("a server that asks for the pairing code is not tried again until there is one", () => {
  session.start();
  lines[0]!.events.opened();
  lines[0]!.events.closed("Enter the code.", 4401);
  expect(states.at(-1)).toEqual({ is: "unpaired", reason: "Enter the code." });
  expect(timers).toEqual([]);
  expect(lines[0]!.sent[0]).toMatchObject({ token: "", code: "" });
  session.pair("482917");
  lines[1]!.events.opened();
  expect(lines[1]!.sent[0]).toMatchObject({ token: "", code: "482917" });
});

test("the token that the code has brought is kept and shown from then on", () => {
  session.start();
  lines[0]!.events.closed("", 4401);
  session.pair("482917");
  lines[1]!.events.opened();
  lines[1]!.events.received(welcome({ token: "secret" }));
  expect(token).toBe("secret");
  lines[1]!.events.closed("");
  runTimer();
  expect(welcomed().sent[0]).toMatchObject({ token: "secret", code: "" });
  expect(token).toBe("secret");
});

test("a token that the server knows no more is forgotten", () => {
  token = "old";
  connected().events.closed("This device is not paired any more.", 4401);
  expect(token).toBe("");
  expect(states.at(-1)?.is).toBe("unpaired");
});
