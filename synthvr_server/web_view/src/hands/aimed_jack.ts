/** The jack that an event is about. */
import type { Jack } from "../protocol/messages";
import type { JackInfo } from "../state/catalogue";

export type Side = JackInfo["side"];

export interface AimedJack extends Jack {
  readonly side: Side;
}

export function aimedJack({ target }: Event): AimedJack | null {
  return target instanceof Element ? jackAt(target) : null;
}

export function jackAt(target: Element): AimedJack | null {
  const element = target.closest("[data-jack]");
  const module = element?.getAttribute("data-module");
  const jack = element?.getAttribute("data-jack");
  if (!module || !jack) return null;
  return { module, jack, side: element?.getAttribute("data-side") === "output" ? "output" : "input" };
}

/** Without its side, as commands want it. */
export function bare({ module, jack }: Jack): Jack {
  return { module, jack };
}

export function otherSide(side: Side): Side {
  return side === "output" ? "input" : "output";
}
