import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import { expect, it } from "vitest";
import { fileBytes } from "./file-bytes.ts";

const MiB = 1 << 20;

async function read(file: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of fileBytes(file)) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

it.each([0, 1, MiB - 1, MiB, MiB + 1, 3 * MiB, 3 * MiB + 5])("gives all of %i bytes", async (size) => {
  const file = path.join(await temporaryFolder(), "file");
  const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, i) => i % 251));
  await writeFile(file, bytes);
  expect((await read(file)).equals(bytes)).toBe(true);
});

it("gives what is added to a file while it is read", async () => {
  const file = path.join(await temporaryFolder(), "file");
  await writeFile(file, Buffer.alloc(2 * MiB));
  let bytes = 0;
  for await (const piece of fileBytes(file)) {
    if (bytes === 0) await appendFile(file, Buffer.alloc(MiB + 7));
    bytes += piece.length;
  }
  expect(bytes).toBe(3 * MiB + 7);
});
