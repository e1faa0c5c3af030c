import { GitFailedError } from "@refit/core";
import type { GitProcess } from "./git-process.ts";

/**
 * Contents of objects such as `<commit>:<path>` or a blob id, in the order asked for, in one process.
 *
 * @returns `null` where there is no such file: missing, or a folder.
 */
export async function catFiles(git: GitProcess, objects: readonly string[]): Promise<(Uint8Array | null)[]> {
  if (objects.length === 0) return [];
  const results: (Uint8Array | null)[] = [];
  const reader = batchReader((content) => results.push(content));
  const { exitCode, stderr } = await git.attempt(["cat-file", "--batch", "--buffer"], {
    input: objects.map(oneLine).join(""),
    onOutput: reader.push,
  });
  if (exitCode !== 0 || results.length !== objects.length)
    throw new GitFailedError("cat-file --batch", exitCode, stderr);
  return results;
}

/** A line feed would ask for two objects; no name that git gave us has one, so it names nothing. */
function oneLine(object: string): string {
  return `${object.includes("\n") ? "" : object}\n`;
}

/** Reads `<id> <type> <size> LF <content> LF`, or `<name> missing LF`, however the chunks fall. */
function batchReader(onObject: (content: Uint8Array | null) => void) {
  let rest: Buffer[] = [];
  let restBytes = 0;
  /** Bytes to wait for, at least. */
  let needed = 0;

  function push(chunk: Buffer): void {
    rest.push(chunk);
    restBytes += chunk.length;
    if (restBytes < needed) return;
    const bytes = rest.length === 1 ? chunk : Buffer.concat(rest, restBytes);
    let at = 0;
    for (;;) {
      const end = bytes.indexOf(0x0a, at);
      if (end === -1) {
        needed = 0;
        break;
      }
      const found = /^[0-9a-f]+ (\w+) (\d+)$/.exec(bytes.toString("latin1", at, end));
      const size = found === null ? 0 : Number(found[2]);
      const next = found === null ? end + 1 : end + 1 + size + 1;
      if (next > bytes.length) {
        needed = next - at;
        break;
      }
      // A view, not a copy: a long history is tens of thousands of small files.
      const isFile = found?.[1] === "blob";
      onObject(isFile ? new Uint8Array(bytes.buffer, bytes.byteOffset + end + 1, size) : null);
      at = next;
    }
    rest = at === bytes.length ? [] : [bytes.subarray(at)];
    restBytes = bytes.length - at;
  }

  return { push };
}
