import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

/** Changes the index of a folder of candidates. @returns the digest that the folder then has, computed without refit. */
export async function candidatesDigest(
  folder: string,
  change: (index: string) => string,
  indexFile = "candidates.json",
): Promise<string> {
  const index = path.join(folder, indexFile);
  await writeFile(index, change(await readFile(index, "utf8")));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const lines = await Promise.all(
    files.map(async (file) => [path.relative(folder, file), sha256(await readFile(file))] as const),
  );
  const sorted = lines.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `sha256:${sha256(JSON.stringify(Object.fromEntries(sorted)))}`;
}
