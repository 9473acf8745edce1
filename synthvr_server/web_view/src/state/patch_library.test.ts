import { expect, test } from "vitest";
import { MOST_PIECE } from "../protocol/messages";
import { RequestFailed, type Answer, type Request } from "../protocol/requests";
import { inPieces, PatchLibrary } from "./patch_library";

const ACK: Answer = { type: "ack", id: 1, revision: 1 };

function libraryThat(answer: Answer | RequestFailed) {
  const asked: Request[] = [];
  const told: string[] = [];
  const library = new PatchLibrary({
    attempt: (...requests) => {
      asked.push(...requests);
      return Promise.resolve(answer);
    },
    tell: (_, sentence) => void told.push(sentence),
  });
  return { library, asked, told };
}

test("a name that is taken is not told as a fault: somebody will be asked", async () => {
  const { library, told } = libraryThat(new RequestFailed("exists", "There is a patch of that name."));
  expect(await library.save("Far shore")).toBe("exists");
  expect(told).toEqual([]);
});

test("what fails is told in the server's words", async () => {
  const { library, told } = libraryThat(new RequestFailed("ready_made", "It came with SynthVR."));
  expect(await library.remove("Far shore")).toBe("failed");
  expect(told).toEqual(["It came with SynthVR."]);
});

test("a long file goes in pieces of one request", async () => {
  const { library, asked } = libraryThat(ACK);
  const text = "x".repeat(2 * MOST_PIECE + 5);
  expect(await library.bring("Long", text)).toBe("done");
  expect(asked.map((request) => request.type === "import_patch" && request.more)).toEqual([true, true, false]);
});

test("pieces are the text again, and no character is cut in two", () => {
  for (const text of ["", "a", `${"x".repeat(MOST_PIECE - 1)}🎹${"y".repeat(MOST_PIECE)}`]) {
    const pieces = inPieces(text);
    expect(pieces.join("")).toBe(text);
    expect(pieces.every((piece) => piece.length <= MOST_PIECE)).toBe(true);
    expect(() => pieces.map(encodeURIComponent)).not.toThrow(); // half a character cannot be encoded
  }
});
