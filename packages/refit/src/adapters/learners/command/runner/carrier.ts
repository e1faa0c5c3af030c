import { access, constants, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandFailedError, quoted, type CalledProgram } from "@refit/core/errors";
import { canonicalJson, isHandOverPath } from "@refit/core/history";
import type { ProgramLimits } from "@refit/core/runtime";
import type { CommandJob } from "@refit/core/spec";
import type { MachineVariables } from "../program-environment.ts";
import { parseEnded, type EndedCall } from "./ended-file.ts";
import { objectStore, StoreError, type ObjectStore } from "./object-store.ts";
import { endedFile, type CarriedCall } from "./start-script.ts";
import { packTar, TarError, unpackTar } from "./tar-file.ts";

/** Brings a job to the machine that runs it, and its answer back. */
export interface Carrier {
  /** @returns where the job folder is there. */
  bring(job: CommandJob): Promise<{ readonly root: string; readonly carried: CarriedCall | null }>;
  /** What the program wrote when it had ended, its files being in the job folder here; `null`: nothing, after that many milliseconds. */
  ended(patience: number): Promise<EndedCall | null>;
  /** Takes away what is left in a store. */
  forget(): Promise<void>;
}

export interface CarriedJob {
  readonly id: string;
  /** The job folder here. */
  readonly folder: string;
  /** What the program writes, below it. */
  readonly output: string;
  readonly program: CalledProgram;
  readonly limits: ProgramLimits;
}

/**
 * Where job folders are made so that another machine sees them.
 *
 * @returns `undefined`: where they always are.
 * @throws CommandFailedError where it cannot be written to.
 */
export async function sharedFolder(
  { runner, runnerStore }: ProgramLimits,
  program: CalledProgram,
): Promise<string | undefined> {
  if (runner === undefined || runnerStore === undefined || runnerStore.startsWith("s3://")) return undefined;
  await access(runnerStore, constants.W_OK).catch((cause: unknown) => {
    const what = `could not be given its job: ${quoted(runnerStore)} is not a folder that can be written to`;
    throw new CommandFailedError("store-failed", program, what, { cause });
  });
  return runnerStore;
}

/** @throws CommandFailedError where the store cannot be used. */
export function carrierOf(store: string | undefined, env: MachineVariables, job: CarriedJob): Carrier {
  return store?.startsWith("s3://") === true ? byObjects(store, env, job) : inPlace(job);
}

/** Both machines see the folder. */
function inPlace({ folder }: CarriedJob): Carrier {
  const file = path.join(folder, endedFile);
  return {
    bring: async () => ({ root: folder, carried: null }),
    async ended(patience) {
      for (let waited = 0; ; waited += 250) {
        const text = await readFile(file, "utf8").catch(() => null);
        const ended = text === null ? null : parseEnded(text);
        if (ended !== null || waited >= patience) return ended;
        await sleep(250);
      }
    },
    forget: async () => {},
  };
}

/** Seconds that addresses live beyond the time limit: a job may wait for a machine. */
const slack = 3600;
/** Of an answer: a model of the largest size, and what is around it. */
const mostBytes = 1_200_000_000;

/** By two objects: the job, under its digest, and the answer. */
function byObjects(place: string, env: MachineVariables, { id, folder, output, program, limits }: CarriedJob): Carrier {
  const answer = `${id}.tar`;
  const left: string[] = [];
  let opened: ObjectStore | undefined;
  const store = () => (opened ??= objectStore(place, env, limits.timeoutMinutes * 60 + slack));
  return {
    async bring(job) {
      const root = `/tmp/${id}`;
      const moved = JSON.parse(JSON.stringify(job).replaceAll(JSON.stringify(folder).slice(1, -1), root)) as CommandJob;
      await writeFile(path.join(folder, "job.json"), `${canonicalJson(moved, 2)}\n`);
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
      const names = files.map((file) => path.relative(folder, file).split(path.sep).join("/")).sort();
      const packed = path.join(folder, "job.tar");
      return named("could not be given its job", async () => {
        const digest = await packTar(folder, names, packed);
        const object = `${digest}.tar`;
        left.push(object, answer);
        await store().put(object, packed);
        await rm(packed);
        const [jobUrl, answerUrl] = [await store().addressOf("GET", object), await store().addressOf("PUT", answer)];
        return { root, carried: { jobUrl, answerUrl, digest } };
      });
    },
    ended: () =>
      named("has an answer that cannot be fetched", async () => {
        const packed = path.join(folder, "answer.tar");
        if (!(await store().get(answer, packed))) return null;
        const isWanted = (name: string) =>
          isHandOverPath(name) && (name === endedFile || name === output || name.startsWith(`${output}/`));
        await unpackTar(packed, { folder, isWanted, mostBytes });
        await rm(packed);
        return parseEnded(await readFile(path.join(folder, endedFile), "utf8").catch(() => ""));
      }),
    async forget() {
      for (const name of left) await opened?.remove(name);
    },
  };

  async function named<T>(what: string, act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (cause) {
      if (!(cause instanceof StoreError) && !(cause instanceof TarError)) throw cause;
      const outcome = cause instanceof StoreError ? "store-failed" : "result-altered";
      throw new CommandFailedError(outcome, program, `${what}: ${cause.message}`, { cause });
    }
  }
}
