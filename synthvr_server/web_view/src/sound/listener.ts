/** Plays the server's master output in the browser, and measures how late it is heard. */
import { int16Samples } from "../protocol/codec";
import type { Client } from "../state/client";
import { Emitter } from "../state/emitter";
import type { Shelf } from "../state/myself";
import workletUrl from "./ring_worklet.ts?worker&url";
import type { Piece, Report } from "./ring_worklet";

export interface Listening {
  readonly is: "silent" | "starting" | "playing";
  /** From the engine's clock to the loudspeaker, s; null before it is known. */
  readonly latency: number | null;
  readonly underruns: number;
}

const SILENT: Listening = { is: "silent", latency: null, underruns: 0 };
/** What the ring starts with: a few of the server's pieces of 10 ms. Where that is too little it deepens itself. */
const TARGET_SECONDS = 0.04;

/** Where the volume is kept. */
const VOLUME = "volume";
const GLIDE_SECONDS = 0.02;

/** A latency that may be further off than this is not worth showing, s. */
const MOST_UNCERTAINTY = 0.05;

export class Listener {
  readonly changed = new Emitter<Listening>();
  listening: Listening = SILENT;
  private context: AudioContext | null = null;
  private gain: GainNode | null = null;
  private endStream: () => void = () => {};

  /** `shelf` keeps the volume in this browser. */
  constructor(private readonly client: Client, private readonly shelf: Shelf) {}

  /** How loud it is here, and only here: 0–1, as a slider has it. */
  get volume(): number {
    const kept = Number(this.shelf.read(VOLUME) || "1");
    return kept >= 0 && kept <= 1 ? kept : 1;
  }

  set volume(volume: number) {
    this.shelf.keep(VOLUME, String(volume));
    this.gain?.gain.setTargetAtTime(gainOf(volume), this.context?.currentTime ?? 0, GLIDE_SECONDS);
  }

  /** Must be called from a click: browsers start no sound by themselves. */
  async toggle(): Promise<void> {
    await (this.context ? this.stop() : this.start());
  }

  private async start(): Promise<void> {
    const context = new AudioContext({ latencyHint: "interactive", sampleRate: this.client.engine.status?.rate ?? 48_000 });
    this.context = context;
    this.become({ ...SILENT, is: "starting" });
    try {
      await context.audioWorklet.addModule(workletUrl);
      await context.resume();
    } catch {
      this.client.tell("bad", isSecureContext
        ? "This browser cannot play the sound of the server."
        : "Browsers play the sound of another machine over https only: listen at the machine itself.");
      await this.stop();
      return;
    }
    const node = new AudioWorkletNode(context, "synthvr-ring", {
      numberOfInputs: 0, outputChannelCount: [2], processorOptions: { targetSeconds: TARGET_SECONDS },
    });
    const gain = new GainNode(context, { gain: gainOf(this.volume) });
    this.gain = gain;
    node.connect(gain).connect(context.destination);
    node.port.onmessage = ({ data }: MessageEvent<Report>) => this.report(data);
    const endPieces = this.client.audio.on(({ sample_time, rate, pcm }) => {
      const piece: Piece = { sampleTime: sample_time, rate, pcm: int16Samples(pcm) };
      node.port.postMessage(piece, [piece.pcm.buffer as ArrayBuffer]);
    });
    const endUse = this.client.streams.use({ stream: "audio", module: null, jack: null });
    this.endStream = () => {
      endPieces();
      endUse();
      node.disconnect();
      gain.disconnect();
      this.gain = null;
    };
  }

  private async stop(): Promise<void> {
    const { context } = this;
    this.context = null;
    this.endStream();
    this.endStream = () => {};
    this.become(SILENT);
    await context?.close();
  }

  private report(report: Report): void {
    const { context } = this;
    if (!context) return;
    const { clock } = this.client.session;
    const unknown = report.sampleTime === null || clock.uncertainty > MOST_UNCERTAINTY;
    const played = unknown ? null : clock.serverTime - clock.timeOfFrame(report.sampleTime ?? 0);
    const sinceReport = context.currentTime - report.contextTime;
    const device = context.outputLatency || context.baseLatency;
    this.become({
      is: report.sampleTime === null ? "starting" : "playing",
      latency: played === null ? this.listening.latency : played - sinceReport + device,
      underruns: report.underruns,
    });
  }

  private become(listening: Listening): void {
    this.listening = listening;
    this.changed.emit(listening);
  }
}

/** A slider's way as the ear hears it: the middle is −18 dB. */
function gainOf(volume: number): number {
  return volume ** 3;
}
