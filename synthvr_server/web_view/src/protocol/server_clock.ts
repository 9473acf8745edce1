/** The server's clock as seen from here, and the way there and back. Times in seconds. */
import type { Clock, Pong } from "./messages";

const KEPT = 16;

interface Reading {
  readonly roundTrip: number;
  /** Server time minus local time. */
  readonly offset: number;
}

export class ServerClock {
  private readings: Reading[] = [];
  private latest: Clock = { server_time: 0, sample_time: 0 };
  private rate = 48_000;

  constructor(private readonly now: () => number) {}

  /** From a welcome: its way took an unknown time, so the first pong replaces it. */
  reset(clock: Clock, rate: number): void {
    this.latest = clock;
    this.rate = rate;
    this.readings = [{ roundTrip: Infinity, offset: clock.server_time - this.now() }];
  }

  pong(message: Pong): void {
    const roundTrip = this.now() - message.time;
    this.latest = message.clock;
    this.readings.push({ roundTrip, offset: message.clock.server_time - (message.time + roundTrip / 2) });
    if (this.readings.length > KEPT) this.readings.shift();
  }

  /** Seconds there and back, the latest measured; undefined before the first. */
  get roundTrip(): number | undefined {
    const latest = this.readings.at(-1)?.roundTrip;
    return latest !== undefined && Number.isFinite(latest) ? latest : undefined;
  }

  /** The server's time now, by the reading with the shortest way: it is the least distorted. */
  get serverTime(): number {
    const best = this.readings.reduce((one, other) => (other.roundTrip <= one.roundTrip ? other : one), {
      roundTrip: Infinity,
      offset: 0,
    });
    return this.now() + best.offset;
  }

  /** When the engine played a frame, in server time. */
  timeOfFrame(sampleTime: number): number {
    return this.latest.server_time + (sampleTime - this.latest.sample_time) / this.rate;
  }
}
