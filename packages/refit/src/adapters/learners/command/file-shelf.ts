import { createHash } from "node:crypto";
import { chmod, constants, copyFile, link, mkdir, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { SourceVanishedError } from "@refit/core/errors";
import type { Column } from "@refit/core/runtime";
import { fileBytes } from "../../disk/file-bytes.ts";
import { machineFolder } from "../../disk/scratch.ts";

type ShelvedColumn = Extract<Column, { type: "file" }>;

/** Where programs find the files of their rows: beside the folder in which they run. */
const folderName = "files";
/** Files that are copied at a time. */
const atOnce = 8;

/** Brings files to programs. */
export interface FileShelf {
  /**
   * Lays the files of some columns into a job folder, and gives in their place texts, which are paths from the folder in which the program
   * runs. Other columns stay what they are.
   *
   * @param root of the job.
   * @throws SourceVanishedError for a file that no longer has the bytes that were judged.
   */
  bring(columns: readonly Column[], root: string): Promise<Column[]>;
}

/**
 * Each file is copied once for all calls, compared with its digest, and linked into each job. Programs never see the file of the user:
 * they cannot change it, and neither its name nor its time tells them the answer.
 */
export function fileShelf(): FileShelf {
  let shelf: Promise<string> | null = null;
  const lying = new Map<string, string>();
  /** Two programs that answer at once have the same files. */
  const coming = new Map<string, Promise<string>>();

  function onShelf(column: ShelvedColumn, name: string): Promise<string> {
    const found = coming.get(name) ?? putOnShelf(column, name).finally(() => coming.delete(name));
    coming.set(name, found);
    return found;
  }

  async function putOnShelf(column: ShelvedColumn, name: string): Promise<string> {
    shelf ??= machineFolder().then((folder) => folder.path);
    const file = path.join(await shelf, name);
    const looks = await looksOf(file);
    if (looks !== null && looks === lying.get(name)) return file;
    await rm(file, { force: true });
    const from = await column.bring(name);
    await copyFile(from, file, constants.COPYFILE_FICLONE).catch((cause: unknown) => {
      throw new SourceVanishedError(name, { cause });
    });
    if ((await digestOf(file)) !== name.split(".")[0]) throw new SourceVanishedError(name);
    await chmod(file, 0o444);
    await utimes(file, 0, 0);
    lying.set(name, (await looksOf(file))!);
    return file;
  }

  async function lay(column: ShelvedColumn, name: string, folder: string): Promise<void> {
    const file = await onShelf(column, name);
    const there = path.join(folder, name);
    // Another disk has no links to this one.
    await link(file, there).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") await copyFile(file, there, constants.COPYFILE_FICLONE);
    });
  }

  return {
    async bring(columns, root) {
      const folder = path.join(root, folderName);
      const given: Column[] = [];
      for (const column of columns) {
        if (column.type !== "file") {
          given.push(column);
          continue;
        }
        await mkdir(folder, { recursive: true });
        const used = new Set(column.codes);
        const names = column.dictionary.filter((_, code) => used.has(code)).values();
        const helper = async (): Promise<void> => {
          for (const name of names) await lay(column, name, folder);
        };
        await Promise.all(Array.from({ length: atOnce }, helper));
        const dictionary = column.dictionary.map((name) => `../${folderName}/${name}`);
        given.push({ kind: "text", name: column.name, type: "string", dictionary, codes: column.codes });
      }
      return given;
    },
  };
}

/** What changes when a file is written; `null`: it is not there. */
async function looksOf(file: string): Promise<string | null> {
  const facts = await stat(file, { bigint: true }).catch(() => null);
  return facts && [facts.size, facts.mtimeNs, facts.ino].join(" ");
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const bytes of fileBytes(file)) hash.update(bytes);
  return hash.digest("hex");
}
