/** The session's world in a browser: a WebSocket, the performance clock, timers. */
import { pack, unpack } from "./codec";
import { SUBPROTOCOL_MSGPACK } from "./messages";
import type { Line, LineEvents, World } from "./world";

const TOKEN = "pairing token";

/** What is kept from visit to visit; where the browser keeps nothing for pages, until this one is closed. */
const forNow = new Map<string, string>();
export const browserShelf = {
  read(name: string): string {
    try {
      return localStorage.getItem(name) ?? "";
    } catch {
      return forNow.get(name) ?? "";
    }
  },
  keep(name: string, text: string): void {
    try {
      if (text) localStorage.setItem(name, text);
      else localStorage.removeItem(name);
    } catch {
      forNow.set(name, text);
    }
  },
};

export function browserWorld(url: string): World {
  return {
    connect: (events) => webSocketLine(url, events),
    now: () => performance.now() / 1000,
    after: (seconds, act) => {
      const timer = setTimeout(act, seconds * 1000);
      return () => clearTimeout(timer);
    },
    random: Math.random,
    token: {
      read: () => browserShelf.read(TOKEN),
      keep: (token) => browserShelf.keep(TOKEN, token),
    },
  };
}

/** The socket beside the page: ws for http, wss for https. */
export function socketUrl(page: Location): string {
  const url = new URL("socket", page.href);
  url.protocol = page.protocol === "https:" ? "wss:" : "ws:";
  url.search = url.hash = "";
  return url.href;
}

function webSocketLine(url: string, events: LineEvents): Line {
  const socket = new WebSocket(url, [SUBPROTOCOL_MSGPACK]);
  socket.binaryType = "arraybuffer";
  socket.onopen = () => events.opened();
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => events.received(unpack(data));
  socket.onclose = ({ reason, code }) => events.closed(reason, code);
  return {
    send: (message) => socket.send(pack(message)),
    close: () => socket.close(),
  };
}
