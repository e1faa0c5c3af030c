import { PassThrough } from "node:stream";
import { GitFailedError } from "@refit/core";
import type { GitProcess } from "./git-process.ts";

/**
 * Contents of objects such as `<commit>:<path>` or a blob id, in the order asked for, in one process.
 *
 * @returns `null` where there is no such file: missing, or a folder.
 */
export async function catFiles(git: GitProcess, objects: readonly string[]): Promise<(Uint8Array | null)[]> {
  if (objects.length === 0) return [];
  const batch = catFileBatch(git);
  for (const object of objects) batch.ask(object);
  return batch.end();
}

/** As `catFiles`, for objects that become known one by one: git reads while the caller goes on. */
export function catFileBatch(git: GitProcess) {
  const input = new PassThrough();
  const results: (Uint8Array | null)[] = [];
  let asked = 0;
  let lines = "";
  const reader = batchReader((content) => results.push(content));
  const ended = git.attempt(["cat-file", "--batch", "--buffer"], { input, onOutput: reader.push });
  // A failure is told by `end`; until then it is nobody's unhandled rejection.
  ended.catch(() => {});

  return {
    ask(object: string): void {
      asked++;
      lines += oneLine(object);
      if (lines.length < linesPerWrite) return;
      input.write(lines);
      lines = "";
    },

    /** @returns all contents, in the order asked for. */
    async end(): Promise<(Uint8Array | null)[]> {
      input.end(lines);
      const { exitCode, stderr } = await ended;
      if (exitCode !== 0 || results.length !== asked) throw new GitFailedError("cat-file --batch", exitCode, stderr);
      return results;
    },
  };
}

/** Characters. */
const linesPerWrite = 16_384;

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
