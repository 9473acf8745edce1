/** The jack that the loose end of a cable is drawn into. */
import type { RackView } from "../drawing/rack_view";
import type { Client } from "../state/client";
import { distance, type Place } from "../state/placing";
import type { AimedJack, Side } from "./aimed_jack";

/** A loose end this near to a jack is drawn into it, mm. */
const SNAP_MM = 7;

/** The nearest jack of one side to a place on the rack, mm; null where none is near enough. */
export function nearestJack(client: Client, rack: RackView, side: Side, hand: Place): AimedJack | null {
  let best: AimedJack | null = null;
  let reach = SNAP_MM;
  for (const module of client.patch.shown.modules.keys()) {
    const info = client.info(module);
    for (const { id } of (side === "input" ? info?.inputs : info?.outputs) ?? []) {
      const place = rack.placeOn(module, id);
      const away = place ? distance(place, hand) : Infinity;
      if (away < reach) [best, reach] = [{ module, jack: id, side }, away];
    }
  }
  return best;
}
