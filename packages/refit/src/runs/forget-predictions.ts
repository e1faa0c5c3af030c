import { createHmac } from "node:crypto";
import type { Forgotten } from "@refit/core/answers";
import type { Ports } from "../ports/index.ts";

interface ForgetPorts extends Pick<Ports, "files"> {
  readonly clock: Pick<Ports["clock"], "now">;
}

/** Whose lines go. */
export interface Forgetting {
  /** Absolute. */
  readonly folder: string;
  /** Values of the key, as texts; `null`: of nobody by name. */
  readonly key: readonly string[] | null;
  /** With which keys are hashed; `null`: not known. */
  readonly salt: string | null;
  /** Files that are older go as a whole; `null`: none. */
  readonly olderThanDays: number | null;
  readonly dryRun: boolean;
}

const hourFile = /(?:^|\/)(\d{4}-\d\d-\d\dT\d\d)Z-[0-9a-f]{8}(?:-\d+)?\.jsonl$/;
const hour = 3_600_000;
const day = 24 * hour;
/** A server may write its last lines of an hour so long after it. */
const grace = 60_000;

/** Takes lines out of the files of a prediction log; a file is replaced as a whole, so that none is ever half there. */
export async function forgetPredictions(
  { files, clock }: ForgetPorts,
  { folder, key, salt, olderThanDays, dryRun }: Forgetting,
): Promise<Forgotten> {
  const now = clock.now();
  const matchOf = keyMatcher(key, salt);
  const open: string[] = [];
  const sum = { lines: 0, oldFiles: 0, unreadable: 0 };
  for (const { path, isFile } of await files.list(folder)) {
    const [, start] = hourFile.exec(path) ?? [];
    if (!isFile || start === undefined) continue;
    const file = `${folder}/${path}`;
    const ended = Date.parse(`${start}:00:00Z`) + hour;
    if (olderThanDays !== null && ended < now - olderThanDays * day) {
      sum.oldFiles += 1;
      if (!dryRun) await files.remove(file);
    } else if (key !== null && now < ended + grace) {
      open.push(path);
    } else if (key !== null) {
      const { kept, lines, unreadable } = without((await files.read(file)) ?? new Uint8Array(), matchOf);
      sum.lines += lines;
      sum.unreadable += unreadable;
      if (!dryRun && lines > 0) await (kept.length === 0 ? files.remove(file) : files.write(file, kept));
    }
  }
  return { ...sum, open };
}

type KeyMatch = "same" | "other" | "unreadable";

function keyMatcher(key: readonly string[] | null, salt: string | null): (line: string) => KeyMatch {
  if (key === null) return () => "other";
  const list = JSON.stringify(key);
  const own = [key.length === 1 ? key[0]! : list];
  if (salt !== null) own.push(createHmac("sha256", salt).update(list).digest("hex"));
  return (line) => {
    const written = keyOf(line);
    // What a full disk has cut off may name the key all the same.
    if (written === undefined) return own.some((word) => line.includes(JSON.stringify(word))) ? "same" : "other";
    if (written !== null && own.includes(written)) return "same";
    return salt === null && /^[0-9a-f]{64}$/.test(written ?? "") ? "unreadable" : "other";
  };
}

/** Bytes of all other lines, as they are. */
function without(bytes: Uint8Array, matchOf: (line: string) => KeyMatch) {
  const decoder = new TextDecoder();
  const parts: Uint8Array[] = [];
  let lines = 0;
  let unreadable = 0;
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(10, start);
    const next = end < 0 ? bytes.length : end + 1;
    const match = matchOf(decoder.decode(bytes.subarray(start, next)));
    if (match === "unreadable") unreadable += 1;
    if (match === "same") lines += 1;
    else parts.push(bytes.subarray(start, next));
    start = next;
  }
  return { kept: Buffer.concat(parts), lines, unreadable };
}

/** @returns `null`: it has none; `undefined`: it is not a whole line. */
function keyOf(line: string): string | null | undefined {
  try {
    const { key } = JSON.parse(line) as { readonly key?: unknown };
    return typeof key === "string" ? key : null;
  } catch {
    return undefined;
  }
}
