import { expect, it } from "vitest";
import { checksumLine } from "./checksum-line.ts";

const digest = "0".repeat(64);

it.each([
  ["metrics.json", `${digest}  metrics.json`],
  ["a b/größe 🦊", `${digest}  a b/größe 🦊`],
  ["a\\b\nc\rd", `\\${digest}  a\\\\b\\nc\\rd`],
])("is one line of %j", (file, line) => {
  expect(checksumLine(file, digest)).toBe(line);
});
