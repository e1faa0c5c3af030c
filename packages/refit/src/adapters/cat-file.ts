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

/**
 * Reads `<id> <type> <size> LF <content> LF`, or `<name> missing LF`, however the chunks fall.
 */
function batchReader(onObject: (content: Uint8Array | null) => void) {
  let header: Buffer[] = [];
  let content: { readonly bytes: Uint8Array; readonly isFile: boolean; filled: number } | null = null;

  function readHeader(line: string): void {
    const found = /^[0-9a-f]+ (\w+) (\d+)$/.exec(line);
    if (found === null) return onObject(null);
    content = { bytes: new Uint8Array(Number(found[2]) + 1), isFile: found[1] === "blob", filled: 0 };
  }

  function push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (content === null) {
        const end = chunk.indexOf(0x0a, at);
        header.push(chunk.subarray(at, end === -1 ? chunk.length : end));
        if (end === -1) return;
        at = end + 1;
        const line = Buffer.concat(header).toString();
        header = [];
        readHeader(line);
      } else {
        const taken = chunk.subarray(at, at + content.bytes.length - content.filled);
        content.bytes.set(taken, content.filled);
        content.filled += taken.length;
        at += taken.length;
        if (content.filled < content.bytes.length) return;
        onObject(content.isFile ? content.bytes.subarray(0, -1) : null);
        content = null;
      }
    }
  }

  return { push };
}
