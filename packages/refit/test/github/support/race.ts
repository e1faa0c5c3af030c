import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { ledgerKey, type LedgerRow } from "@refit/core/history";
import { temporaryFolder } from "@refit/testkit";
import { generator } from "../../e2e/support/churn.ts";
import { refitProcess, type Ended } from "../../e2e/support/cli.ts";
import { policySpan } from "../../e2e/support/policy.ts";
import { month, type Scene } from "../../e2e/support/scene.ts";
import { hubScene } from "./hub-scene.ts";
import { workflowEnv } from "./hub-world.ts";

const execute = promisify(execFile);
const zero = "0".repeat(40);

/** Writes down every change of a ref of the bare repository, with what it held before: `git` gives no old value for all. */
const refHook = `#!/bin/sh
while read old new ref; do
  if [ "$1" = prepared ]; then
    old=$(git rev-parse --quiet --verify "$ref^{}" 2>/dev/null || echo ${zero})
  fi
  echo "$1 $PPID $old $new $ref" >> "$(git rev-parse --absolute-git-dir)/ref-log"
done
`;

/** What the runs of all rounds came to. */
export interface RaceFigures {
  runs: number;
  /** By decision, or error code where a command may end so. */
  readonly ends: Record<string, number>;
  /** Changes of refit's branches and of the ledger on the hub, and attempts that were refused. */
  moved: number;
  refused: number;
  merged: number;
  rows: number;
  readonly problems: string[];
}

/** How a command may end besides 0: a person's command that came too late. */
const answers = new Set(["nothing-to-reject", "nothing-to-roll-back", "branch-held"]);

/**
 * Two people's clones and workflow runs around one repository, all at once, while somebody lands data, merges, closes and
 * commits. After each round everything that must hold is looked at.
 *
 * @returns the figures; `problems` says what did not hold.
 */
export async function race(
  rounds: number,
  seed: number,
  told: (round: number, figures: RaceFigures) => void = () => {},
): Promise<RaceFigures> {
  const random = generator(seed);
  const world = await hubScene({
    spec: {
      candidates: [{ learner: "linear" }],
      slices: [],
      features: { include: ["plan"] },
      retrain: { minNewRows: 50, drift: false, cooldownHours: 1 },
    },
  });
  const backtest = await backtestWords();
  const { hub, scene } = world;
  const figures: RaceFigures = { runs: 0, ends: {}, moved: 0, refused: 0, merged: 0, rows: 0, problems: [] };
  const bare = (...args: string[]) => gitAt(hub.bareRepository, world.person.env, args);
  const hook = path.join(hub.bareRepository, "hooks/reference-transaction");
  await writeFile(hook, refHook);
  await chmod(hook, 0o755);
  const stage = await openStage(world, figures);
  const judge = judgeOf(bare, hub.bareRepository, figures);

  for (let round = 1; round <= rounds; round++) {
    const problems = figures.problems.length;
    await before(round);
    await together(round);
    await judge.refs();
    await judge.ledger();
    await judge.pulls(hub.rows.issues.flatMap((row) => (row.pull === null ? [] : [{ ...row.pull, state: row.state }])));
    for (let i = problems; i < figures.problems.length; i++)
      figures.problems[i] = `round ${round}: ${figures.problems[i]!}`;
    told(round, figures);
  }
  await stage.ana(["run", "--push"]);
  await stage.ben(["run", "--push"]);
  await judge.ledger();
  for (const rows of await stage.ownRows()) judge.has(rows);
  return figures;

  function openPull(): number | undefined {
    return hub.rows.issues.findLast((row) => row.pull !== null && row.state === "open")?.number;
  }

  /** A person's deed on the open pull request, as far as the hub lets it be done. */
  async function person(deed: "merge" | "close" | "commit"): Promise<void> {
    const number = openPull();
    if (number === undefined) return;
    const branch = hub.rows.issues.find((row) => row.number === number)!.pull!.headRef;
    const done =
      deed === "merge"
        ? hub.person.merge(number, (["merge", "squash", "rebase"] as const)[Math.floor(random() * 3)])
        : deed === "close"
          ? close(number, branch)
          : hub.person.commit(branch, { "NOTES.md": `${random()}` });
    await done.then(
      () => (deed === "merge" ? void figures.merged++ : undefined),
      () => {},
    );
  }

  async function close(number: number, branch: string): Promise<void> {
    await hub.person.close(number);
    judge.deletedByPerson.add(await bare("rev-parse", branch));
    await hub.person.deleteBranch(branch);
  }

  async function before(round: number): Promise<void> {
    if (round % 6 === 2) await person("merge");
    if (round % 6 === 5) await person(random() < 0.5 ? "close" : "merge");
    await land(scene, round, world.pull);
  }

  async function together(round: number): Promise<void> {
    const { ana, ben, bot } = stage;
    const work: Promise<unknown>[] = [
      round % 10 === 6 ? ana(["rollback", "--push", "--", "churn"]) : ana(["run", "--push"]),
      round % 10 === 8
        ? ben(["reject", "--push", "--", "churn"])
        : ben(["run", round % 7 === 3 ? "--no-push" : "--push"]),
      bot(["run", "--push"]),
      bot(["promote", "--push"]),
    ];
    if (round % 5 === 1) work.push(ana(["run", "--push"]));
    if (round % 10 === 3) work.push(ana(backtest), ben(backtest));
    const deeds = ["none", "commit", "none", "merge"] as const;
    const deed = deeds[round % 4]!;
    if (deed !== "none") work.push(Promise.race(work).then(() => person(deed)));
    await Promise.all(work);
    await bot(["run", "--push"]);
  }
}

/** Of a policy that sees all columns, where the one in force sees one of them, until a person merges it. */
async function backtestWords(): Promise<string[]> {
  const policy = path.join(await mkdtemp(path.join(await temporaryFolder(), "policy-")), "rich.yaml");
  await writeFile(policy, "features: { exclude: [customer] }\n");
  const { from, to, every } = policySpan;
  const span = ["--from", from, "--to", to, "--every", every];
  return ["backtest", "churn", "--policy", policy, ...span, "--propose", "--push"];
}

/** New rows for the next month, and the first day of the month after it. */
async function land(scene: Scene, round: number, pull: () => Promise<unknown>): Promise<void> {
  const start = new Date(Date.UTC(2026, 5 + round, 1));
  scene.at(start.toISOString());
  await pull();
  const name = new Date(Date.UTC(2026, 2 + round, 1)).toISOString().slice(0, 7);
  const [rows] = Object.values(month(3, 60));
  const dated = rows!.replaceAll(/,2026-0[34]-(\d\d),/g, (_all, day: string) => `,${name}-${day > "28" ? "28" : day},`);
  await scene.land({ [`data/churn/${name}.csv`]: dated.replaceAll(/^c3-/gm, `c${round}x-`) });
}

type World = Awaited<ReturnType<typeof hubScene>>;

/** The clones of two people, and workflow runs in fresh ones. */
async function openStage({ hub, person, scene }: World, figures: RaceFigures) {
  const folder = await temporaryFolder();
  const identity = (name: string) => ({
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: `${name}@example.com`,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: `${name}@example.com`,
  });
  const anonymous = Object.fromEntries(
    Object.entries(person.env).filter(([key]) => !/^GIT_(AUTHOR|COMMITTER)/.test(key)),
  );
  const server = { GITHUB_SERVER_URL: hub.url, GITHUB_API_URL: hub.apiUrl };
  const loggedIn = hub.gitUrl().replace("://", `://x-access-token:${hub.tokens.person}@`);

  async function clone(name: string, url: string): Promise<string> {
    const root = path.join(await mkdtemp(path.join(folder, `${name}-`)), "clone");
    await execute("git", ["clone", "--quiet", hub.bareRepository, root], { env: person.env });
    await gitAt(root, person.env, ["remote", "set-url", "origin", url]);
    return root;
  }

  /** With a token ana's runs speak to GitHub; without one ben's push, and nobody is asked. */
  const anas = {
    root: await clone("ana", hub.gitUrl()),
    env: { ...person.env, ...identity("ana"), ...server, GITHUB_TOKEN: hub.tokens.person },
  };
  const bens = { root: await clone("ben", loggedIn), env: { ...person.env, ...identity("ben"), ...server } };
  let runId = 0;

  async function act(
    who: string,
    where: { root: string; env: Record<string, string> },
    words: string[],
  ): Promise<void> {
    const [command = "", ...args] = words;
    const ended = await refitProcess(where, [command, "--json", "--now", scene.now(), ...args]);
    figures.runs++;
    const word = wordOf(ended);
    figures.ends[`${command}: ${word}`] = (figures.ends[`${command}: ${word}`] ?? 0) + 1;
    if (ended.exitCode !== 0 && !answers.has(word))
      figures.problems.push(
        `${who}: refit ${words.join(" ")} ended with ${ended.exitCode}: ${ended.stdout}${ended.stderr}`,
      );
  }

  const clones = [anas.root, bens.root];
  return {
    ana: (words: string[]) => act("ana", anas, words),
    ben: (words: string[]) => act("ben", bens, words),
    async bot(words: string[]) {
      const root = await clone("bot", hub.gitUrl());
      await act("bot", { root, env: { ...anonymous, ...workflowEnv(hub, "bot", ++runId) } }, words);
    },
    /** Rows of the ledgers that are in the clones. */
    ownRows: () =>
      Promise.all(
        clones.map((root) => gitAt(root, person.env, ["show", "refit-ledger:models/churn.jsonl"]).catch(() => "")),
      ),
  };
}

interface Answer {
  readonly error?: { readonly code: string };
  /** Of a policy. */
  readonly proposal?: { readonly why?: string; readonly operation?: string };
}

function wordOf({ stdout }: Ended): string {
  try {
    const json = JSON.parse(stdout) as Answer | { decision?: string }[];
    if (!Array.isArray(json)) return json.error?.code ?? json.proposal?.why ?? json.proposal?.operation ?? "done";
    return json[0]?.decision ?? "done";
  } catch {
    return "no answer";
  }
}

/** What must hold after each round. */
function judgeOf(bare: (...args: string[]) => Promise<string>, repository: string, figures: RaceFigures) {
  let seen = 0;
  let known: readonly string[] = [];
  const deletedByPerson = new Set<string>();
  const problem = (what: string) => void figures.problems.push(what);

  async function isOurs(head: string): Promise<boolean> {
    const format = "--format=%at %ct %(trailers:key=Refit-Model,valueonly,separator=%x2C)";
    const lines = (await bare("log", format, head, "--not", "main")).split("\n").filter(Boolean);
    return lines.every((line) => {
      const [authored, committed, model] = line.split(" ");
      return authored === committed && model !== "";
    });
  }

  async function isOnMain(head: string): Promise<boolean> {
    const tree = await bare("rev-parse", `${head}:models/churn/champion`).catch(() => "");
    const commits = (await bare("log", "--first-parent", "--format=%H", "main", "--", "models/churn/champion")).split(
      "\n",
    );
    const trees = await Promise.all(
      commits.map((commit) => bare("rev-parse", `${commit}:models/churn/champion`).catch(() => "")),
    );
    return tree !== "" && trees.includes(tree);
  }

  async function judgeMove(ref: string, old: string, next: string): Promise<void> {
    const what = `${ref} ${old.slice(0, 10)} -> ${next.slice(0, 10)}`;
    if (ref.startsWith("refs/tags/")) return old === zero ? undefined : problem(`a tag was moved: ${what}`);
    if (ref === "refs/heads/refit-ledger") {
      const isForward = old === zero || (await bare("merge-base", old, next)) === old;
      return isForward ? undefined : problem(`the ledger went back: ${what}`);
    }
    const replaces = next === zero ? old : await trailer(next);
    const isByRefit =
      next === zero || (replaces !== "" && (await bare("rev-list", "--count", `main..${next}`)) !== "2");
    if (!isByRefit || old === next) return;
    if (next === zero && deletedByPerson.has(old)) return;
    if (old !== zero && !(await isOurs(old)) && !(await isOnMain(old)))
      problem(`somebody's head was replaced: ${what}`);
    if (next !== zero && (await isOurs(next)) && replaces !== (old === zero ? "nothing" : old))
      problem(`it was made to replace ${replaces}: ${what}`);
  }

  const trailer = (commit: string) =>
    bare("log", "-1", "--format=%(trailers:key=Refit-Replaces,valueonly)", commit).then((text) => text.trim());

  return {
    /** Heads of branches that a person has deleted on purpose. */
    deletedByPerson,

    async refs(): Promise<void> {
      const log = await readFile(path.join(repository, "ref-log"), "utf8").catch(() => "");
      const lines = log.split("\n").filter(Boolean);
      const prepared = new Map<string, string>();
      for (const [i, line] of lines.entries()) {
        const [state = "", pid = "", old = "", next = "", ref = ""] = line.split(" ");
        if (!/^refs\/(heads\/refit|tags\/)/.test(ref)) continue;
        const key = `${pid} ${ref}`;
        if (state === "prepared") prepared.set(key, old);
        if (i < seen || state === "prepared") continue;
        if (state === "aborted") figures.refused++;
        else {
          figures.moved++;
          await judgeMove(ref, prepared.get(key) ?? old, next);
        }
      }
      seen = lines.length;
    },

    async ledger(): Promise<void> {
      const text = await bare("show", "refit-ledger:models/churn.jsonl").catch(() => "");
      const lines = text.split("\n").filter(Boolean);
      for (const line of known) if (!lines.includes(line)) problem(`a row was lost: ${line.slice(0, 120)}`);
      const keys = lines.map((line) => ledgerKey(JSON.parse(line) as LedgerRow));
      if (new Set(keys).size < keys.length) problem("a key is twice in the ledger");
      known = lines;
      figures.rows = lines.length;
    },

    has(text: string): void {
      const keys = new Set(known.map((line) => ledgerKey(JSON.parse(line) as LedgerRow)));
      for (const line of text.split("\n").filter(Boolean)) {
        if (!keys.has(ledgerKey(JSON.parse(line) as LedgerRow)))
          problem(`a row stayed in a clone: ${line.slice(0, 120)}`);
      }
    },

    async pulls(pulls: readonly { headRef: string; headSha: string; state: string }[]): Promise<void> {
      for (const branch of ["refit--churn", "refit-rollback--churn", "refit-policy--churn"]) {
        const open = pulls.filter(({ headRef, state }) => headRef === branch && state === "open");
        if (open.length > 1) problem(`${open.length} pull requests of ${branch} are open`);
        const head = await bare("rev-parse", "--verify", "--quiet", `refs/heads/${branch}`).catch(() => "");
        if (open[0] !== undefined && open[0].headSha !== head)
          problem(`the pull request of ${branch} shows another head`);
      }
    },
  };
}

async function gitAt(folder: string, env: Readonly<Record<string, string>>, args: readonly string[]): Promise<string> {
  const { stdout } = await execute("git", ["-C", folder, ...args], { env: { ...env }, maxBuffer: 1 << 28 });
  return stdout.trim();
}
