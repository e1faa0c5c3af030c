import { randomBytes } from "node:crypto";
import { mkdir, open, writeFile, type FileHandle } from "node:fs/promises";
import path from "node:path";
import type { LoggedText, LogSink } from "./prediction-log.ts";

/** A file that lines of an hour are appended to. */
interface OpenFile {
  readonly hour: string;
  readonly part: number;
  readonly handle: FileHandle;
  bytes: number;
  /** Its last line may be half of one. */
  isTorn: boolean;
}

/** A file that has grown so large is followed by another one of the hour, so that each can be read at once. */
const mostBytes = 64 * 1024 * 1024;

/**
 * Appends lines to files in a folder: for each model one per hour (UTC) of this process, such as `churn/2026-12-01T09Z-5f0c2a91.jsonl`, and further parts
 * (`…-2.jsonl`) after 64 MiB. What is in the folder is ignored by git. A process that is killed, or a disk that is full, leaves at most a line that has no end.
 */
export function logFolder(folder: string): LogSink {
  const process = randomBytes(4).toString("hex");
  const files = new Map<string, OpenFile>();

  const fileOf = async (model: string, hour: string): Promise<OpenFile> => {
    const known = files.get(model);
    if (known?.hour === hour && known.bytes < mostBytes) return known;
    files.delete(model);
    await known?.handle.close();
    const part = known?.hour === hour ? known.part + 1 : 1;
    const name = `${hour}-${process}${part === 1 ? "" : `-${part}`}.jsonl`;
    await ignoredByGit(folder);
    const place = path.join(folder, nameOfFolder(model));
    await mkdir(place, { recursive: true });
    const handle = await open(path.join(place, name), "a", 0o600);
    const file = { hour, part, handle, bytes: 0, isTorn: false };
    files.set(model, file);
    return file;
  };
  return {
    async write(lines) {
      for (const { model, hour, text } of byFile(lines)) {
        const file = await fileOf(model, hour);
        const bytes = Buffer.from(file.isTorn ? `\n${text}` : text);
        file.isTorn = true;
        await file.handle.appendFile(bytes);
        file.isTorn = false;
        file.bytes += bytes.length;
      }
    },
    async close() {
      for (const { handle } of files.values()) await handle.close();
      files.clear();
    },
  };
}

/** The folder of a model's files, whatever its name is. */
export function nameOfFolder(model: string): string {
  return encodeURIComponent(model).replaceAll("%2F", "--").replace(/^\./, "%2E");
}

function byFile(lines: readonly LoggedText[]) {
  const groups = new Map<string, { readonly model: string; readonly hour: string; text: string }>();
  for (const { model, at, text } of lines) {
    const hour = `${new Date(at).toISOString().slice(0, 13)}Z`;
    const group = groups.get(`${hour} ${model}`) ?? { model, hour, text: "" };
    group.text += `${text}\n`;
    groups.set(`${hour} ${model}`, group);
  }
  return groups.values();
}

async function ignoredByGit(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  });
}
