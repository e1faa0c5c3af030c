import { createHmac } from "node:crypto";
import type { Forgotten } from "@refit/core/answers";
import { dataLimits } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import { isLabelsFile, isOpen, linesName, type LinesName } from "./log-files.ts";

interface ForgetPorts extends Pick<Ports, "files" | "predictionLogs"> {
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

const day = 86_400_000;

/** Takes lines out of the files of a prediction log; a file is replaced as a whole, so that none is ever half there. */
export async function forgetPredictions(
  ports: ForgetPorts,
  { folder, key, salt, olderThanDays, dryRun }: Forgetting,
): Promise<Forgotten> {
  const { files, clock } = ports;
  const now = clock.now();
  const keys = key === null ? null : { forms: formsOf(key, salt), isBlind: salt === null };
  const open: string[] = [];
  const sum = { lines: 0, oldFiles: 0, unreadable: 0 };
  const known = new Set<string>();
  for (const { path } of key === null || dryRun ? [] : await files.list(folder))
    if (isLabelsFile(path)) await files.remove(`${folder}/${path}`);
  // A monitor that compacts meanwhile may have put lines into new files.
  for (
    let found = await logFiles(files, folder, known);
    found.length > 0;
    found = await logFiles(files, folder, known)
  ) {
    for (const { path, name } of found) {
      known.add(path);
      const file = `${folder}/${path}`;
      if (olderThanDays !== null && name.ended < now - olderThanDays * day) {
        sum.oldFiles += 1;
        if (!dryRun) await files.remove(file);
      } else if (keys !== null && isOpen(name, now)) {
        open.push(path);
      } else if (keys !== null) {
        const { lines, unreadable } = await forgetIn(ports, { file, kind: name.kind }, keys, dryRun);
        sum.lines += lines;
        sum.unreadable += unreadable;
      }
    }
  }
  return { ...sum, open };
}

/** Those of a log that are not among the known ones, from the folder. */
async function logFiles(
  files: Pick<Ports["files"], "list">,
  folder: string,
  known: ReadonlySet<string>,
): Promise<readonly { readonly path: string; readonly name: LinesName }[]> {
  const all = await files.list(folder);
  return all.flatMap(({ path, isFile }) => {
    const name = isFile && !known.has(path) ? linesName(path) : null;
    return name === null ? [] : [{ path, name }];
  });
}

interface KeyForms {
  /** A key as it may be written. */
  readonly forms: readonly string[];
  /** Whether a hashed key cannot be compared. */
  readonly isBlind: boolean;
}

function formsOf(key: readonly string[], salt: string | null): string[] {
  const list = JSON.stringify(key);
  const plain = key.length === 1 ? key[0]! : list;
  return salt === null ? [plain] : [plain, createHmac("sha256", salt).update(list).digest("hex")];
}

async function forgetIn(
  { files, predictionLogs }: ForgetPorts,
  { file, kind }: { readonly file: string } & Pick<LinesName, "kind">,
  keys: KeyForms,
  dryRun: boolean,
): Promise<{ readonly lines: number; readonly unreadable: number }> {
  if (kind === "day") {
    const { forms, isBlind } = keys;
    return predictionLogs.forget(file, { keys: forms, isBlind, dryRun }, dataLimits.parse({}));
  }
  const { kept, lines, unreadable } = without((await files.read(file)) ?? new Uint8Array(), keyMatcher(keys));
  if (!dryRun && lines > 0) await (kept.length === 0 ? files.remove(file) : files.write(file, kept));
  return { lines, unreadable };
}

type KeyMatch = "same" | "other" | "unreadable";

function keyMatcher({ forms, isBlind }: KeyForms): (line: string) => KeyMatch {
  return (line) => {
    const written = keyOf(line);
    // What a full disk has cut off may name the key all the same.
    if (written === undefined) return forms.some((word) => line.includes(JSON.stringify(word))) ? "same" : "other";
    if (written !== null && forms.includes(written)) return "same";
    return isBlind && /^[0-9a-f]{64}$/.test(written ?? "") ? "unreadable" : "other";
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
