import { LedgerBusyError, LedgerProtectedError, PushRejectedError, RefMovedError } from "@refit/core/errors";
import {
  appendLedgerLines,
  distinctLines,
  ledgerBranch,
  type LedgerLine,
  type LedgerRow,
  writeLedgerLines,
} from "@refit/core/history";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { decodeText, encodeText } from "../text.ts";
import { readLedgerRows } from "./read-ledger-rows.ts";

export const ledgerRef = `refs/heads/${ledgerBranch}`;
const mostTries = 5;

export interface Ledger {
  /** What decides: rows of the kinds that this refit knows, oldest first. */
  readonly rows: readonly LedgerRow[];
  /** There is no ledger at all, here or on the remote. */
  readonly missing: boolean;
  /** A run that was cut short, or that was not asked to publish, left rows in this clone that nobody else can see. */
  readonly unpushed: boolean;
  /** Commit to read further files of the ledger at; `null` when missing. */
  readonly commit: string | null;
}

export interface LedgerEntry {
  readonly rows: readonly LedgerRow[];
  /** Further files, by path on the ledger branch; one that is there already stays as it is, and a day of production is joined with what is known of it. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Date of the commit, epoch milliseconds. */
  readonly at: number;
}

/**
 * What is remembered of a model. The remote's ledger is the shared one; rows that a killed run left unpushed in the
 * local branch count as well.
 *
 * @throws LedgerInvalidError naming file and line, FormatNewerError
 */
export async function readLedger(
  ports: Pick<Ports, "ancestry" | "git" | "files">,
  repository: Repository,
  model: string,
): Promise<Ledger> {
  return ledgerAt(ports, repository, await heads(ports, repository), model);
}

/** What is remembered of several models, as of one moment. @throws as `readLedger` */
export async function readLedgers(
  ports: Pick<Ports, "ancestry" | "git" | "files">,
  repository: Repository,
  models: readonly string[],
): Promise<ReadonlyMap<string, Ledger>> {
  const at = await heads(ports, repository);
  const ledgers = new Map<string, Ledger>();
  for (const model of models) ledgers.set(model, await ledgerAt(ports, repository, at, model));
  return ledgers;
}

async function ledgerAt(
  ports: Pick<Ports, "ancestry" | "git" | "files">,
  repository: Repository,
  { local, remote }: Heads,
  model: string,
): Promise<Ledger> {
  const commits = [...new Set([remote, local])].filter((commit) => commit !== null);
  const file = rowsFile(model);
  const read: Awaited<ReturnType<typeof readLedgerRows>>[] = [];
  for (const commit of commits) read.push(await readLedgerRows(ports, repository, `${commit}:${file}`, file));
  const lines = distinctLines(...read);
  const rows = lines.flatMap(({ row }) => (row === null ? [] : [row]));
  const shared = remote === null ? 0 : distinctLines(read[0]!).length;
  const unpushed = repository.remote !== null && lines.length > shared;
  const commit = local !== null && (await continues(ports, local, remote)) ? local : (remote ?? local);
  return { rows, missing: commits.length === 0, unpushed, commit };
}

/** Where the rows of models are, as `Git.read` names it. All of them are listed. */
export async function ledgerFiles(
  ports: Pick<Ports, "git">,
  repository: Repository,
  models: readonly string[],
): Promise<string[]> {
  const { local, remote } = await heads(ports, repository);
  const commits = [...new Set([remote, local])].filter((commit) => commit !== null);
  await Promise.all(commits.map((commit) => ports.git.list(commit, "models")));
  return commits.flatMap((commit) => models.map((model) => `${commit}:${rowsFile(model)}`));
}

/**
 * Brings this clone's ledger and the remote's together, where each has something that the other lacks: then one commit has
 * all of it, rows and reports.
 */
export async function joinLedgers(
  ports: Pick<Ports, "ancestry" | "git" | "branches">,
  repository: Repository,
  at: number,
): Promise<void> {
  const { local, remote } = await heads(ports, repository);
  if (local === null || remote === null || (await continues(ports, local, remote))) return;
  await appendLedger(ports, repository, { rows: [], files: new Map(), at });
}

/**
 * Adds rows whose key is new, and files, in one commit and one push. Loses a race gracefully: it reads what the other
 * run wrote and tries again.
 *
 * @returns the ledger's commit.
 * @throws LedgerProtectedError when rules refuse the branch, LedgerBusyError after five lost races.
 */
export async function appendLedger(
  ports: Pick<Ports, "ancestry" | "git" | "branches">,
  repository: Repository,
  entry: LedgerEntry,
): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return await appendOnce(ports, repository, entry);
    } catch (error) {
      if (error instanceof PushRejectedError && error.reason === "refused") {
        throw new LedgerProtectedError(error.message, { cause: error });
      }
      const lostRace = error instanceof PushRejectedError || error instanceof RefMovedError;
      if (!lostRace) throw error;
      if (tries === mostTries) throw new LedgerBusyError(tries, { cause: error });
      await ports.branches.fetch(repository);
    }
  }
}

/**
 * Adds rows that nothing waits for, in a commit of this clone: `shareLedger` pushes it, or whoever pushes other rows before. Where
 * neither happens, since the run is cut short, the next one does.
 */
export async function recordLedger(
  ports: Pick<Ports, "ancestry" | "git" | "branches">,
  repository: Repository,
  entry: LedgerEntry,
): Promise<void> {
  await appendOnce({ ...ports, branches: { ...ports.branches, push: async () => {} } }, repository, entry);
}

/** Pushes what this clone's ledger has and the remote's has not. */
export async function shareLedger(
  ports: Pick<Ports, "ancestry" | "git" | "branches">,
  repository: Repository,
  at: number,
): Promise<void> {
  const { local, remote } = await heads(ports, repository);
  if (repository.remote === null || local === null || local === remote) return;
  await appendLedger(ports, repository, { rows: [], files: new Map(), at });
}

async function appendOnce(
  ports: Pick<Ports, "ancestry" | "git" | "branches">,
  repository: Repository,
  { rows, files, at }: LedgerEntry,
): Promise<string> {
  const { local, remote } = await heads(ports, repository);
  const parent = (await continues(ports, local, remote)) ? local : (remote ?? local);
  const added = new Map<string, Uint8Array>();

  const unpushed = local === null || local === parent ? new Map() : await filesOf(ports, local);
  const present = parent === null ? new Map<string, string>() : await filesOf(ports, parent);
  for (const [file, blob] of unpushed) {
    if (!present.has(file) && !isRowsFile(file)) added.set(file, (await ports.git.read([blob]))[0]!);
  }
  for (const [file, bytes] of files) if (!present.has(file) && !isDayFile(file)) added.set(file, bytes);
  for (const [file, bytes] of await joinedDays(ports, { present, unpushed, files })) added.set(file, bytes);

  const rowsFiles = new Set([...unpushed.keys()].filter(isRowsFile).concat(rows.map((row) => rowsFile(row.model))));
  for (const file of rowsFiles) {
    const [before, carried] = await Promise.all([linesAt(ports, parent, file), linesAt(ports, local, file)]);
    const fresh = writeLedgerLines(rows.filter((row) => rowsFile(row.model) === file));
    const after = appendLedgerLines(before.text, before.lines, [...carried.lines, ...fresh]);
    if (after !== before.text) added.set(file, encodeText(after));
  }

  if (parent !== null && added.size === 0) {
    // An earlier run may have left all of it here, unpushed.
    if (parent !== remote) await ports.branches.push(repository, [{ ref: ledgerRef, id: parent, expected: remote }]);
    return parent;
  }
  const message = `refit: record\n\n${summary(rows, [...files.keys()])}`;
  const request = { ref: ledgerRef, expected: local, parent, replace: [], files: added, message, at };
  const id = await ports.branches.commit(repository, request);
  await ports.branches.push(repository, [{ ref: ledgerRef, id, expected: remote }]);
  return id;
}

/** Files by path: of the shared ledger and of this clone's as blobs, and new ones. */
interface KnownDays {
  readonly present: ReadonlyMap<string, string>;
  readonly unpushed: ReadonlyMap<string, string>;
  readonly files: LedgerEntry["files"];
}

/** Days of production of which this clone knows something that the shared ledger does not. */
async function joinedDays(
  { git }: Pick<Ports, "git">,
  { present, unpushed, files }: KnownDays,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const days = new Map<string, Uint8Array>();
  const names = [...new Set([...unpushed.keys(), ...files.keys()])].filter(isDayFile);
  for (const file of names) {
    const blobs = [present.get(file), unpushed.get(file)];
    if (blobs[0] === blobs[1] && !files.has(file)) continue;
    const ids = [...new Set(blobs)].filter((id) => id !== undefined);
    const contents = [...(await git.read(ids)), files.get(file) ?? null];
    const { mergedDay } = await import("./day-files.ts");
    const merged = mergedDay(file, blobs[0] === undefined ? [null, ...contents] : contents);
    if (merged !== null) days.set(file, merged);
  }
  return days;
}

interface Heads {
  readonly local: string | null;
  readonly remote: string | null;
}

async function heads({ git }: Pick<Ports, "git">, { remote }: Repository): Promise<Heads> {
  const [local, shared] = await Promise.all([
    git.resolve(ledgerRef),
    remote === null ? null : git.resolve(`refs/remotes/${remote}/refit-ledger`),
  ]);
  return { local, remote: shared };
}

/** Whether the local ledger is the shared one and more: what a run leaves that was cut short, or not asked to publish. */
async function continues(
  { ancestry }: Pick<Ports, "ancestry">,
  local: string | null,
  remote: string | null,
): Promise<boolean> {
  if (local === null || remote === null || local === remote) return local !== null;
  return (await ancestry.mergeBase(local, remote)) === remote;
}

async function filesOf({ git }: Pick<Ports, "git">, commit: string): Promise<Map<string, string>> {
  return new Map((await git.list(commit)).map(({ path, id }) => [path, id]));
}

async function linesAt({ git }: Pick<Ports, "git">, commit: string | null, file: string) {
  const [bytes] = commit === null ? [] : await git.read([`${commit}:${file}`]);
  const text = bytes === null || bytes === undefined ? "" : decodeText(bytes);
  return { text, lines: text === "" ? [] : await readLines(file, text) };
}

/** The schema library is loaded only when there are rows that were not parsed before. */
async function readLines(file: string, text: string): Promise<LedgerLine[]> {
  const { readLedgerLines } = await import("./ledger-rows.ts");
  return readLedgerLines(file, text);
}

function summary(rows: readonly LedgerRow[], files: readonly string[]): string {
  const days = files.filter(isDayFile).map((file) => `${file.replace(/\.json$/, "")}\n`);
  return [
    ...rows.map(({ model, kind, inputDigest }) => `${model}: ${kind} ${inputDigest.slice(0, 12)}\n`),
    ...days,
  ].join("");
}

const rowsFile = (model: string) => `models/${model}.jsonl`;
const isDayFile = (file: string) => /^production\/.+\/\d{4}-\d\d-\d\d\.json$/.test(file);
const isRowsFile = (file: string) => /^models\/.*\.jsonl$/.test(file);
