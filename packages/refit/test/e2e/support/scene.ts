import {
  createPrepared,
  createRepository,
  startGit,
  starter,
  type RepositoryOptions,
  type TemporaryRepository,
} from "@refit/testkit";
import { onTestFinished } from "vitest";
import { createPorts } from "../../../src/wiring.ts";
import { commands } from "../../../src/commands/index.ts";
import type { Flags } from "../../../src/commands/command.ts";
import type { Outcome } from "../../../src/products/outcome.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { churnCsv, churnManifest, churnSpec } from "./churn.ts";

export interface Told {
  readonly exitCode: number;
  readonly stdout: string;
  readonly notices: readonly string[];
}

/** A repository, the refit command in it, and the hands of a person, at a time that the test sets. */
export interface Scene {
  readonly repository: TemporaryRepository;
  readonly root: string;
  /** Sets the time of everything that follows. */
  at(iso: string): void;
  now(): string;
  /** Ports as the command would have them; a test may put others around or in place of them. */
  ports(): Promise<Ports>;
  git(...args: string[]): Promise<string>;
  write(path: string, content: string | Uint8Array): Promise<void>;
  /** Writes files (an object becomes JSON, which is YAML), commits all, and pushes where there is a remote. */
  land(files?: Readonly<Record<string, unknown>>, message?: string): Promise<string>;
  /** @param name such as `rollback`. @throws what the command throws. */
  refit(name: string, args?: readonly string[], flags?: Flags): Promise<Told>;
  /** `refit run churn` with `--json`. */
  run(flags?: Flags): Promise<Outcome>;
  /** Merges `refit--churn` or another branch in one of the forge's three ways, and pushes. */
  merge(how?: "merge" | "squash" | "rebase", branch?: string): Promise<void>;
  push(): Promise<void>;
}

/** The clock's `elapsed` stands still too, so that reports have the same bytes in every run. */
export async function openScene(
  repository: TemporaryRepository,
  { adapt = (real: Ports) => real, from = "2026-06-01T00:00:00Z", push = true } = {},
): Promise<Scene> {
  let time = from;
  const { root, remote } = repository;

  async function git(...args: string[]): Promise<string> {
    const env = { ...repository.env, GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
    return startGit(args, { cwd: root, env });
  }

  async function ports(): Promise<Ports> {
    const real = await createPorts({
      cwd: root,
      base: null,
      now: time,
      json: true,
      push,
      starter,
      env: repository.env,
    });
    return adapt({ ...real, clock: { now: real.clock.now, elapsed: () => 0, cpu: () => 0 } });
  }

  async function refit(name: string, args: readonly string[] = [], flags: Flags = {}): Promise<Told> {
    const lines: string[] = [];
    const notices: string[] = [];
    const out = {
      print: (line: string) => void lines.push(line),
      progress: () => {},
      notice: (sentence: string) => void notices.push(sentence),
    };
    const command = await commands[name]!();
    const exitCode = await command.run({ ...(await ports()), out }, args, flags);
    return { exitCode, stdout: lines.join("\n"), notices };
  }

  const pushMain = async () => {
    if (remote !== null) await git("push", "--quiet", "origin", "main");
  };

  return {
    repository,
    root,
    at: (iso) => void (time = iso),
    now: () => time,
    ports,
    git,
    write: repository.write,
    refit,
    push: pushMain,

    async land(files = {}, message = "Change") {
      for (const [path, content] of Object.entries(files)) {
        const raw = typeof content === "string" || content instanceof Uint8Array;
        await repository.write(path, raw ? content : JSON.stringify(content, null, 2));
      }
      const commit = await repository.commit(message, { at: Date.parse(time) });
      await pushMain();
      return commit;
    },

    async run(flags = {}) {
      const { stdout } = await refit("run", ["churn"], { ...flags, json: true });
      return (JSON.parse(stdout) as Outcome[])[0]!;
    },

    async merge(how = "merge", branch = "refit--churn") {
      if (how === "merge") await git("merge", "--quiet", "--no-ff", "--no-edit", branch);
      if (how === "squash") {
        await git("merge", "--quiet", "--squash", branch);
        await git("commit", "--quiet", "--message", "Better model");
      }
      if (how === "rebase") await git("cherry-pick", `main..${branch}`);
      await pushMain();
    },
  };
}

export type SceneOptions = Pick<RepositoryOptions, "remote" | "config" | "objectFormat"> & {
  spec?: object;
  manifest?: object;
};

/** A scene with the model `churn`, its spec and 600 rows in two files on main; gone when the test ends. */
export function churnScene(options: SceneOptions = {}): Promise<Scene> {
  return sceneOf("data", options, () => makeScene(options));
}

/** The same with its first model proposed on `refit--churn`. */
export function proposedScene(options: SceneOptions = {}): Promise<Scene> {
  return sceneOf("proposed", options, async () => {
    const scene = await makeScene(options);
    await scene.run();
    return scene;
  });
}

/** The same with its first model live since 2026-06-01. */
export function championScene(options: SceneOptions = {}, how: "merge" | "squash" = "merge"): Promise<Scene> {
  return sceneOf(how, options, async () => {
    const scene = await makeScene(options);
    await scene.run();
    await scene.merge(how);
    return scene;
  });
}

function sceneOf(stage: string, options: SceneOptions, make: () => Promise<Scene>): Promise<Scene> {
  // A key without a value takes one out of the spec.
  const told = JSON.stringify(options, (_key, value: unknown) => (value === undefined ? "undefined" : value));
  return preparedScene(`churn ${stage} ${told}`, make);
}

/**
 * The same inputs give the same version, so that each is made once in a run of the tests and copied from then on; gone when the test ends.
 *
 * @param name all that `make` depends on; the same in all files.
 */
export async function preparedScene(name: string, make: () => Promise<Scene>, from?: string): Promise<Scene> {
  const repository = await createPrepared(name, async () => (await make()).repository);
  onTestFinished(() => repository.dispose());
  return openScene(repository, from === undefined ? {} : { from });
}

async function makeScene({ spec = {}, manifest = {}, ...rest }: SceneOptions): Promise<Scene> {
  return churnSceneIn(await createRepository({ remote: true, ...rest }), { spec, manifest });
}

export async function churnSceneIn(repository: TemporaryRepository, { spec = {}, manifest = {} } = {}) {
  const scene = await openScene(repository);
  await scene.land({
    "models/churn/model.yaml": { ...churnSpec, ...spec },
    "data-manifests/churn.yaml": { ...churnManifest, ...manifest },
    ".gitattributes": "models/*/champion/** -text -merge\ndata/** -text\n",
    ...month(1),
    ...month(2),
  });
  return scene;
}

/** The file of one month of 2026: 300 rows. */
export function month(number: number, rows = 300): Record<string, string> {
  const name = `2026-${String(number).padStart(2, "0")}`;
  return { [`data/churn/${name}.csv`]: churnCsv({ rows, from: `${name}-01`, seed: number }) };
}
