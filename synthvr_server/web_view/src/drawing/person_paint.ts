/** Paints somebody else's head and hands on a canvas, where they are in front of the rack. */
import type { Pose } from "../protocol/messages";
import type { Person } from "../state/people";
import type { Place } from "../state/placing";

const HEAD_RADIUS = 13;
const HAND_RADIUS = 6;

export function drawPerson(paper: CanvasRenderingContext2D, person: Person, toScreen: (place: Place) => Place): void {
  const { presence } = person;
  if (!presence) return;
  paper.fillStyle = paper.strokeStyle = person.color;
  paper.lineWidth = 2;
  if (presence.head) {
    const at = placeOf(presence.head, toScreen);
    circle(paper, at, HEAD_RADIUS, 0.35);
    label(paper, person.name, at.x, at.y - HEAD_RADIUS - 6);
  }
  const hands = [presence.left, presence.right].filter((hand): hand is Pose => hand !== null).map((hand) => placeOf(hand, toScreen));
  for (const at of hands) circle(paper, at, HAND_RADIUS, 0.8);
  const [first] = hands;
  if (!presence.head && first) label(paper, person.name, first.x, first.y - HAND_RADIUS - 5);
}

function placeOf(pose: Pose, toScreen: (place: Place) => Place): Place {
  return toScreen({ x: pose.position[0], y: pose.position[1] });
}

function circle(paper: CanvasRenderingContext2D, at: Place, radius: number, filled: number): void {
  paper.beginPath();
  paper.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  paper.globalAlpha = filled;
  paper.fill();
  paper.globalAlpha = 1;
  paper.stroke();
}

function label(paper: CanvasRenderingContext2D, text: string, x: number, y: number): void {
  paper.font = "600 12px system-ui, sans-serif";
  paper.textAlign = "center";
  paper.fillText(text, x, y);
}
