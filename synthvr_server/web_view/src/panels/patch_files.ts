/** Files between the page and the disk of whoever sits at it. */
import { html } from "../drawing/svg";

/** Asks for a patch file; null where nobody chose one. */
export function chooseFile(): Promise<File | null> {
  const entry = html("input", { type: "file", accept: ".json,application/json" });
  return new Promise((resolve) => {
    entry.addEventListener("change", () => resolve(entry.files?.[0] ?? null));
    entry.addEventListener("cancel", () => resolve(null));
    entry.click();
  });
}

export function keepFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = html("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000); // the download reads it after the click
}
