import { createHash, randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { sha256Words } from "./sha256.ts";

const hex = (bytes: Uint8Array) =>
  Array.from(sha256Words(bytes), (word) => word.toString(16).padStart(8, "0")).join("");

it("SHA-256 is that of node:crypto, for each length around the borders of blocks", () => {
  for (let length = 0; length <= 300; length++) {
    const bytes = randomBytes(length);
    expect([length, hex(bytes)]).toEqual([length, createHash("sha256").update(bytes).digest("hex")]);
  }
});

it("SHA-256 of a part of a buffer is that of its bytes", () => {
  const bytes = randomBytes(200).subarray(7, 150);

  expect(hex(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
});
