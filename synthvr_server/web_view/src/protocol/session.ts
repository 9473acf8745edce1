/**
 * One client's conversation with the server: hello and welcome, requests and their answers, pings, and reconnecting
 * after a lost connection. Knows no DOM and no socket but the one it is handed.
 */
import { ServerClock } from "./server_clock";
import { CLOSED_NOT_PAIRED, PROTOCOL_VERSION } from "./messages";
import type { ClientMessage, Edit, ServerMessage } from "./messages";
import { RequestFailed, type Answer, type Request } from "./requests";
import type { Introduction, Line, SessionEvents, SessionState, World } from "./world";

interface Waiting {
  resolve(answer: Answer): void;
  reject(error: RequestFailed): void;
}

const PING_EVERY = 2;
/** The first pings follow each other closely: while a page is being built, the way looks far longer than it is. */
const FIRST_PINGS = 8;
const FIRST_PING_EVERY = 0.25;
const SILENCE_MEANS_LOST = 8;
const FIRST_RETRY = 0.25;
const LONGEST_RETRY = 5;

export class Session {
  readonly clock: ServerClock;
  client = "";
  private line: Line | null = null;
  private state: SessionState = { is: "closed" };
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();
  private retries = 0;
  private fresh = true;
  private code = "";
  private heard = 0;
  private pings = 0;
  private callOff: () => void = () => {};

  constructor(private readonly world: World, private readonly events: SessionEvents, private readonly who: () => Introduction) {
    this.clock = new ServerClock(() => world.now());
  }

  get isOpen(): boolean {
    return this.state.is === "open";
  }

  start(): void {
    if (this.state.is === "closed") this.connect();
  }

  stop(): void {
    this.hangUp("The connection was closed.");
    this.enter({ is: "closed" });
  }

  /** Connects with the pairing code that somebody has typed. */
  pair(code: string): void {
    if (this.state.is !== "unpaired") return;
    this.code = code;
    this.connect();
  }

  /** Starts again with the whole patch: what is here can no longer be trusted. */
  resync(): void {
    this.fresh = true;
    this.hangUp("The patch is being fetched again.");
    this.connect();
  }

  /** Sends what needs no answer. False where there is no connection. */
  send(message: ClientMessage): boolean {
    if (!this.isOpen) return false;
    this.line?.send(message);
    return true;
  }

  /** Sends a request, in one message or in pieces; the promise fails with RequestFailed where it is rejected or the connection is lost. */
  request(pieces: readonly Request[], numbered: (id: number) => void = () => {}): Promise<Answer> {
    if (!this.isOpen) return Promise.reject(new RequestFailed("not_connected", "There is no connection to the server."));
    const id = this.nextId++;
    numbered(id);
    const answer = new Promise<Answer>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    for (const piece of pieces) this.line?.send({ ...piece, id } as Exclude<ClientMessage, Edit> | Edit);
    return answer;
  }

  private connect(): void {
    this.enter({ is: "connecting" });
    const line: Line = this.world.connect({
      opened: () => this.line === line && this.hello(),
      received: (message) => this.line === line && this.take(message),
      closed: (reason, code) => this.line === line && this.ended(reason, code),
    });
    this.line = line;
  }

  private hello(): void {
    this.heard = this.world.now();
    this.line?.send({
      type: "hello",
      protocol: PROTOCOL_VERSION,
      ...this.who(),
      kind: "web",
      resume: this.fresh ? null : this.events.resumeFrom(),
      token: this.world.token.read(),
      code: this.code,
    });
  }

  private take(message: ServerMessage): void {
    this.heard = this.world.now();
    switch (message.type) {
      case "welcome":
        this.client = message.client;
        this.retries = this.pings = 0;
        this.fresh = false;
        this.code = "";
        if (message.token) this.world.token.keep(message.token);
        this.clock.reset(message.clock, message.engine.rate);
        this.enter({ is: "open" });
        this.events.welcome(message);
        this.ping();
        return;
      case "pong":
        this.clock.pong(message);
        break;
      case "ack":
      case "library":
      case "backups":
      case "exported":
        this.events.message(message);
        this.answered(message.id)?.resolve(message);
        return;
      case "rejected":
        this.events.message(message);
        if (message.id !== null) this.answered(message.id)?.reject(new RequestFailed(message.code, message.sentence));
        return;
    }
    this.events.message(message);
  }

  private answered(id: number): Waiting | undefined {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }

  private ping(): void {
    if (!this.isOpen) return;
    if (this.world.now() - this.heard > SILENCE_MEANS_LOST) {
      this.lost("The server has stopped answering.");
      return;
    }
    this.line?.send({ type: "ping", time: this.world.now() });
    this.callOff = this.world.after(++this.pings < FIRST_PINGS ? FIRST_PING_EVERY : PING_EVERY, () => this.ping());
  }

  private ended(reason: string, code?: number): void {
    if (code !== CLOSED_NOT_PAIRED) return this.lost(reason);
    this.code = "";
    this.world.token.keep("");
    this.hangUp("The connection was closed.");
    this.enter({ is: "unpaired", reason });
  }

  private lost(reason: string): void {
    this.hangUp("The connection was lost.");
    const longest = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** this.retries++);
    const seconds = longest * (0.75 + 0.5 * this.world.random()); // clients must not all come back at once
    this.enter({ is: "waiting", seconds, reason });
    this.callOff = this.world.after(seconds, () => this.connect());
  }

  private hangUp(sentence: string): void {
    const { line } = this;
    this.line = null;
    this.callOff();
    this.callOff = () => {};
    line?.close();
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const request of waiting) request.reject(new RequestFailed("disconnected", sentence));
  }

  private enter(state: SessionState): void {
    this.state = state;
    this.events.state(state);
  }
}
