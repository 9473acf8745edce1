import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds a running `synthvr serve`. */
const SERVER = "http://127.0.0.1:7340";

export default defineConfig({
  base: "./",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    // An AudioWorklet turned into a data: URL is refused by a strict content security policy.
    assetsInlineLimit: 0,
  },
  worker: { format: "es" },
  server: {
    host: "127.0.0.1",
    proxy: { "/socket": { target: SERVER, ws: true } },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
