import { PassThrough } from "node:stream";
import { GitFailedError } from "@refit/core/errors";
import type { GitProcess } from "./git-process.ts";

/**
 * Many objects, by names that become known one by one: git reads while the caller goes on. It tells them a buffer at a time; a process that
 * answers each question at once wakes the other side for each.
 */
export function catFileBatch(git: GitProcess) {
  const input = new PassThrough();
  const results: (StoredObject | null)[] = [];
  let asked = 0;
  let lines = "";
  const reader = batchReader((object) => results.push(object));
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

    /** @returns all objects, in the order asked for; `null` where there is nothing of that name. */
    async end(): Promise<(StoredObject | null)[]> {
      input.end(lines);
      const { exitCode, stderr } = await ended;
      if (exitCode !== 0 || results.length !== asked) throw new GitFailedError("cat-file --batch", exitCode, stderr);
      return results;
    },
  };
}

/** Characters. */
const linesPerWrite = 16_384;

/** An object as `git cat-file --batch` gives it. */
export interface StoredObject {
  readonly id: string;
  readonly type: string;
  readonly content: Uint8Array;
}

export function fileContent(object: StoredObject | null): Uint8Array | null {
  return object?.type === "blob" ? object.content : null;
}

/** A line feed would ask for two objects; no name that git gave us has one, so it names nothing. */
export function oneLine(object: string): string {
  return `${object.includes("\n") ? "" : object}\n`;
}

/** Reads `<id> <type> <size> LF <content> LF`, or `<name> missing LF`, however the chunks fall. */
export function batchReader(onObject: (object: StoredObject | null) => void) {
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
      const found = /^([0-9a-f]+) (\w+) (\d+)$/.exec(bytes.toString("latin1", at, end));
      const size = found === null ? 0 : Number(found[3]);
      const next = found === null ? end + 1 : end + 1 + size + 1;
      if (next > bytes.length) {
        needed = next - at;
        break;
      }
      // A view, not a copy: a long history is tens of thousands of small files.
      const content = new Uint8Array(bytes.buffer, bytes.byteOffset + end + 1, size);
      onObject(found === null ? null : { id: found[1]!, type: found[2]!, content });
      at = next;
    }
    rest = at === bytes.length ? [] : [bytes.subarray(at)];
    restBytes = bytes.length - at;
  }

  return { push };
}
