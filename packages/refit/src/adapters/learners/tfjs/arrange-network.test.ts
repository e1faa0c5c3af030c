import { describe, expect, it } from "vitest";
import { encodeText } from "../../../text.ts";
import { arrangeNetwork } from "./arrange-network.ts";

const categorical = (name: string, ...levels: string[]) => ({
  kind: "categorical" as const,
  name,
  input: name,
  levels,
});
const was = [categorical("plan", "basic", "pro"), categorical("town", "x", "y", "z")];

/** Weights that count up, of two embeddings with two numbers per code and of a layer around them. */
const shapes = [
  { name: "hidden0/bias", shape: [1] },
  { name: "embedding0/embeddings", shape: [4, 2] },
  { name: "embedding1/embeddings", shape: [5, 2] },
];
const files = new Map([
  ["model.json", encodeText(JSON.stringify({ weights: shapes }))],
  ["weights.bin", new Uint8Array(Float32Array.from({ length: 19 }, (_, i) => i).buffer)],
]);
const weightsOf = (found: ReadonlyMap<string, Uint8Array>) => [
  ...new Float32Array(found.get("weights.bin")!.slice().buffer),
];

describe("arrangeNetwork", () => {
  it("moves what was learned of a category to where the category is now", () => {
    const is = [categorical("plan", "pro", "basic"), categorical("town", "z", "x", "y")];

    expect(weightsOf(arrangeNetwork(files, was, is))).toEqual([
      0, 1, 2, 3, 4, 7, 8, 5, 6, 9, 10, 11, 12, 17, 18, 13, 14, 15, 16,
    ]);
    expect(weightsOf(arrangeNetwork(arrangeNetwork(files, was, is), is, was))).toEqual(weightsOf(files));
  });

  it("leaves the files alone where nothing has moved", () => {
    expect(arrangeNetwork(files, was, was)).toBe(files);
  });
});
