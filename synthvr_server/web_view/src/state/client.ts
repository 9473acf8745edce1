/** This client's whole state, and everything it can do. Knows no DOM: the view listens and asks. */
import type { Audio, Command, ModuleInfo, Scope, ServerMessage, Welcome } from "../protocol/messages";
import { RequestFailed, type Answer, type Request } from "../protocol/requests";
import { Session } from "../protocol/session";
import type { SessionState, World } from "../protocol/world";
import { Catalogue } from "./catalogue";
import { Emitter } from "./emitter";
import { EngineWatch } from "./engine_watch";
import { ghostInfo } from "./ghost";
import { KeepingWatch } from "./keeping_watch";
import { KnobTurner } from "./knob_turner";
import { KnobValues } from "./knob_values";
import { LevelMeters } from "./meters";
import type { Myself } from "./myself";
import { newsOf } from "./news";
import { PatchLibrary } from "./patch_library";
import { DIVERGED, PatchStore, type Divergence } from "./patch_store";
import { People } from "./people";
import { Streams } from "./streams";

export interface ClientWorld extends World {
  nextFrame(act: () => void): void;
}

/** A sentence for the person at the screen. */
export interface Told {
  readonly mood: "good" | "bad";
  readonly sentence: string;
}

export class Client {
  readonly patch = new PatchStore();
  readonly knobs = new KnobValues();
  readonly meters = new LevelMeters();
  readonly people = new People();
  readonly engine = new EngineWatch();
  readonly keeping = new KeepingWatch();
  readonly session: Session;
  readonly turner: KnobTurner;
  readonly streams: Streams;
  readonly library: PatchLibrary;
  catalogue = new Catalogue();
  connection: SessionState = { is: "closed" };
  server = "";
  /** How often the patch here turned out not to be the server's. */
  divergences = 0;

  readonly connectionChanged = new Emitter<SessionState>();
  /** Another patch is there: it was loaded, or this client has come in. */
  readonly patchReplaced = new Emitter();
  readonly catalogueChanged = new Emitter<Catalogue>();
  readonly told = new Emitter<Told>();
  readonly audio = new Emitter<Audio>();
  readonly scope = new Emitter<Scope>();

  private sessionId = "";
  private problems: readonly string[] = [];

  constructor(private readonly world: ClientWorld, readonly myself: Myself) {
    this.session = new Session(world, {
      state: (state) => this.connected(state),
      welcome: (message) => this.welcome(message),
      message: (message) => this.take(message),
      resumeFrom: () => (this.sessionId ? { session: this.sessionId, revision: this.patch.revision } : null),
    }, () => myself.introduction);
    myself.changed.on(() => this.introduce());
    this.library = new PatchLibrary(this);
    this.turner = new KnobTurner({
      send: (message) => this.session.send(message),
      nextFrame: (act) => world.nextFrame(act),
      after: (seconds, act) => world.after(seconds, act),
      self: () => this.session.client,
    }, this.knobs);
    this.streams = new Streams((request) => void this.ask(request), () => this.session.isOpen);
  }

  /** What is known of a module of the patch; for a ghost, what can be told from its cables. */
  info(module: string): ModuleInfo | undefined {
    const placed = this.patch.shown.modules.get(module);
    return placed && (this.catalogue.get(placed.type) ?? ghostInfo(module, placed, this.patch.shown));
  }

  /** Edits the patch; it is shown at once. False where the server rejected it, which is told. */
  async edit(...commands: Command[]): Promise<boolean> {
    let id = -1;
    const answer = await this.ask({ type: "edit", commands }, (numbered) => {
      id = numbered;
      this.patch.requested(id, commands);
    });
    if (answer?.type === "ack") this.patch.acknowledged(answer);
    else this.patch.rejected(id);
    return answer !== null;
  }

  /** Edits the patch unless it has another revision by then; of that nobody is told. */
  async editAt(base: number, commands: Command[]): Promise<void> {
    const answer = await this.attempt({ type: "edit", commands, base });
    if (answer instanceof RequestFailed && answer.code !== "stale_revision") this.tell("bad", answer.message);
  }

  undo(): Promise<Answer | null> {
    return this.ask({ type: "undo" });
  }

  redo(): Promise<Answer | null> {
    return this.ask({ type: "redo" });
  }

  tell(mood: Told["mood"], sentence: string): void {
    this.told.emit({ mood, sentence });
  }

  /** The answer, or why there is none, untold; a request may come in pieces. */
  async attempt(...pieces: readonly [Request, ...Request[]]): Promise<Answer | RequestFailed> {
    return this.session.request(pieces).catch(failure);
  }

  private introduce(): void {
    const { name, color } = this.myself.introduction;
    if (this.session.isOpen) void this.ask({ type: "introduce", name, color });
  }

  /** Null where the request failed, which is told. */
  private async ask(request: Request, numbered?: (id: number) => void): Promise<Answer | null> {
    const answer = await this.session.request([request], numbered).catch(failure);
    if (!(answer instanceof RequestFailed)) return answer;
    this.tell("bad", answer.message);
    return null;
  }

  private connected(state: SessionState): void {
    this.connection = state;
    if (state.is !== "open") {
      this.turner.loseAll();
      this.knobs.clear();
      this.meters.clear();
    }
    this.connectionChanged.emit(state);
  }

  private welcome(message: Welcome): void {
    this.sessionId = message.session;
    this.server = message.server;
    this.engine.forgetFailures();
    this.offer(new Catalogue(message.catalogue));
    this.people.welcome(message.clients);
    this.engine.take(message.engine);
    this.keeping.welcome();
    this.problems = [];
    this.tellProblems(message.problems);
    const wrong = this.patch.welcome(message);
    if (!wrong && message.patch) this.patchReplaced.emit();
    this.check(wrong);
    this.streams.connected();
  }

  private offer(catalogue: Catalogue): void {
    this.catalogue = catalogue;
    this.catalogueChanged.emit(catalogue);
  }

  /** Of module files that cannot be used: those that are new. */
  private tellProblems(problems: readonly string[]): void {
    for (const problem of problems) if (!this.problems.includes(problem)) this.tell("bad", problem);
    this.problems = problems;
  }

  private take(message: ServerMessage): void {
    switch (message.type) {
      case "catalogue":
        this.offer(this.catalogue.after(message));
        return this.tellProblems(message.problems);
      case "batch": {
        const wrong = this.patch.batch(message);
        this.knobs.batch(message, (key) => this.turner.isHeld(key));
        const news = message.client === this.session.client ? null : newsOf(message, this.people.get(message.client)?.name ?? "Somebody");
        if (news) this.tell("good", news);
        if (!wrong && (message.cause === "load" || message.cause === "new")) this.patchReplaced.emit();
        return this.check(wrong);
      }
      case "turns":
        return this.knobs.turned(message);
      case "hold":
        if (message.client !== null && message.client !== this.session.client) this.turner.lose(`${message.module}/${message.knob}`);
        return this.knobs.hold(message);
      case "joined":
        return this.people.joined(message.client);
      case "introduced":
        return this.people.introduced(message.client);
      case "left":
        this.knobs.left(message.client);
        return this.people.left(message.client);
      case "others_presence":
        return this.people.present(message);
      case "meters":
        return this.meters.take(message, this.world.now());
      case "audio":
        return this.audio.emit(message);
      case "scope":
        return this.scope.emit(message);
      case "engine":
        return this.engine.take(message);
      case "module_failed":
        this.engine.failed(message);
        return this.tell("bad", message.sentence);
      case "keeping":
        this.keeping.take(message);
        return message.state === "kept" ? this.tell("good", message.sentence) : undefined;
      case "notice":
        return this.tell("bad", message.sentence);
      case "rejected":
        if (message.id === null) this.tell("bad", message.sentence);
    }
  }

  private check(wrong: Divergence | null): void {
    if (!wrong) return;
    this.divergences += 1;
    this.tell("bad", DIVERGED[wrong]);
    this.session.resync();
  }
}

/** Anything but a failed request is a fault of ours. */
function failure(error: unknown): RequestFailed {
  if (error instanceof RequestFailed) return error;
  throw error;
}
