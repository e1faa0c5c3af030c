import path from "node:path";
import { createRepository, type TemporaryRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { endStateOf, removeNamedLocks } from "./support/aftermath.ts";
import { generator } from "./support/churn.ts";
import { inOwnGroup, killersHere, type Killer } from "./support/killers.ts";
import { policySpan, poorSpec, writeRichPolicy } from "./support/policy.ts";
import { churnSceneIn, month, type Scene } from "./support/scene.ts";

const bin = path.resolve(import.meta.dirname, "../../bin/refit.cjs");
const time = "2026-06-08T00:00:00Z";

/** A command, and the state of things that it is given. */
interface Subject {
  /** Of the state of things; left out: as refit leaves it. */
  readonly state?: string;
  readonly words: readonly string[];
  readonly arrange: (scene: Scene) => Promise<unknown>;
  /** The error with which it says that all is done already; where that is an error. */
  readonly done?: string;
  /** How often it is killed where nobody asked for more; left out: twice. */
  readonly kills?: number;
  /** The share of its moments after which it is killed where nobody asked for more; left out: at random. */
  readonly at?: number;
}

/** A second model, of the same data, so that both write to one ledger. */
async function addModel(scene: Scene): Promise<void> {
  const spec = JSON.parse(await scene.git("show", "main:models/churn/model.yaml")) as object;
  await scene.land({ "models/again/model.yaml": { ...spec, seed: 8 } });
}

async function promoteFirst(scene: Scene): Promise<void> {
  await scene.run();
  await scene.merge("squash");
  scene.at("2026-06-03T00:00:00Z");
  await scene.land(month(3));
}

async function promoteSecond(scene: Scene): Promise<void> {
  await promoteFirst(scene);
  await scene.run();
  await scene.merge("merge");
}

/** As a clone has them, and `git gc` leaves them: whatever deletes one of them writes the file of all of them. */
async function proposeAndPack(scene: Scene): Promise<void> {
  await scene.run();
  const { remote } = scene.repository;
  await scene.git("pack-refs", "--all");
  if (remote !== null) await scene.git("--git-dir", remote, "pack-refs", "--all");
}

async function promoteWithPoorPolicy(scene: Scene): Promise<void> {
  await scene.land({ "models/churn/model.yaml": poorSpec });
  await scene.run();
  await scene.merge("squash");
  await writeRichPolicy(scene);
}

const { from, to, every } = policySpan;

const subjects: readonly Subject[] = [
  { words: ["run", "churn"], arrange: promoteFirst },
  { words: ["promote"], arrange: promoteSecond },
  { words: ["rollback", "churn"], arrange: promoteSecond },
  { words: ["reject", "churn"], arrange: (scene) => scene.run(), done: "nothing-to-reject" },
  { state: "packed refs", words: ["reject", "churn"], arrange: proposeAndPack, done: "nothing-to-reject" },
  {
    words: [
      "backtest",
      "churn",
      "--policy",
      ".git/rich.yaml",
      "--from",
      from,
      "--to",
      to,
      "--every",
      every,
      "--propose",
    ],
    arrange: promoteWithPoorPolicy,
  },
  // By then one process has pushed its model, and the other one has not.
  { state: "two at once", words: ["run", "--all", "--parallel", "2"], arrange: addModel, kills: 1, at: 0.7 },
];

/** `npm run corpus kill` sets these. */
const { CORPUS_SCHEDULES: asked, CORPUS_SEED: seed = "1" } = process.env;
const table = subjects.flatMap((subject) =>
  [true, false].map((remote) => ({
    name: `${subject.words[0]}, ${subject.state === undefined ? "" : `${subject.state}, `}${remote ? "with" : "without"} a remote`,
    subject,
    remote,
  })),
);
/** Each kill costs two or three runs of the command, so that by itself the suite tries few of them. */
const cases = asked === undefined ? table.filter(({ remote }) => remote) : table;
const kills = ({ kills: few = 2 }: Subject) => (asked === undefined ? few : Math.ceil(Number(asked) / table.length));

describe.each(cases)("$name, killed at a random moment and run again", ({ name, subject, remote }) => {
  it("ends as if nothing had happened, or says what to do first", { timeout: 7_200_000 }, async () => {
    const repository = await createRepository({ remote });
    onTestFinished(() => repository.dispose());
    await subject.arrange(await churnSceneIn(repository, { spec: { candidates: [{ learner: "linear" }] } }));
    const killers = await killersHere(repository.env, asked !== undefined);
    const restore = repository.snapshot();
    const moments: number[] = [];
    for (const killer of killers) {
      const again = repository.snapshot();
      await refit(repository, subject, await killer.environment(0, killer.ways[0]!));
      moments.push(await killer.count());
      if (killer !== killers.at(-1)) await again();
    }
    const whole = await endStateOf(repository);
    await restore();

    const random = generator(Number(seed) * 100 + table.findIndex((entry) => entry.name === name));
    const pick = (below: number) => Math.floor(random() * below);
    for (let i = 0; i < kills(subject); i++) {
      const which = pick(killers.length);
      const killer: Killer = killers[which]!;
      const how = killer.ways[pick(killer.ways.length)]!;
      const share = asked === undefined ? subject.at : undefined;
      const n = share === undefined ? 1 + pick(moments[which]!) : Math.ceil(share * moments[which]!);
      const back = repository.snapshot();

      const killed = await refit(repository, subject, await killer.environment(n, how));

      const schedule = `${name}: ${how} ${n} of ${moments[which]}`;
      expect({ schedule, killed }).not.toMatchObject({ killed: { exitCode: 1 } });
      // Of a random schedule a moment may be the last, or one that this run does not have.
      if (asked === undefined) expect({ schedule, exitCode: killed.exitCode }).toEqual({ schedule, exitCode: null });
      const told = await runToItsEnd(repository, subject, whole, schedule);
      expect({ schedule, state: await endStateOf(repository) }).toEqual({ schedule, state: whole });
      if (asked !== undefined)
        process.stdout.write(`${[schedule, killed.exitCode ?? "killed", ...told].join(" · ")}\n`);
      await back();
    }
  });
});

/** Runs the command until all is done, twice at most, and does what its messages say. @returns the locks that were removed. */
async function runToItsEnd(
  repository: TemporaryRepository,
  subject: Subject,
  whole: object,
  schedule: string,
): Promise<string[]> {
  const removed: string[] = [];
  for (let runs = 0; runs < 2;) {
    const { exitCode, stdout, stderr } = await refit(repository, subject, {});
    const { code, hint } = exitCode === 0 ? { code: null, hint: "" } : errorIn(stdout);
    const locks = await removeNamedLocks(`${hint}\n${stderr}`);
    if (exitCode === 0 || code === subject.done) {
      removed.push(...locks);
      if (code !== null) break;
      runs += 1;
      if (JSON.stringify(await endStateOf(repository)) === JSON.stringify(whole)) break;
      continue;
    }
    const said = `${schedule}, run again: ${stdout}${stderr}`;
    const areNew = locks.length > 0 && !locks.some((lock) => removed.includes(lock));
    expect({ said, exitCode, areNew }).toEqual({ said, exitCode: 2, areNew: true });
    removed.push(...locks);
  }
  return removed.map((lock) => path.relative(path.dirname(repository.root), lock));
}

function errorIn(stdout: string): { readonly code: string | null; readonly hint: string } {
  try {
    return (JSON.parse(stdout) as { error: { code: string; hint: string } }).error;
  } catch {
    return { code: null, hint: "" }; // told by the expectation that shows what was said
  }
}

function refit({ root, remote, env }: TemporaryRepository, subject: Subject, extra: Readonly<Record<string, string>>) {
  const words = [...subject.words, ...(remote === null ? [] : ["--push"]), "--now", time, "--json"];
  return inOwnGroup([process.execPath, bin, ...words], root, { ...env, ...extra });
}
