import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { createRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { sourceReads } from "../../src/adapters/duckdb/source-reads.fixture.ts";
import { endStateOf } from "./support/aftermath.ts";
import { churnManifest, churnSpec } from "./support/churn.ts";
import { refitProcess } from "./support/cli.ts";
import { program, programCandidate } from "./support/program.ts";
import { churnSceneIn, type Scene } from "./support/scene.ts";

/** Two models of one dataset, one of another that may share its proposal with the first, one whose data are refused, and one whose spec cannot be read. */
async function severalModels(together = {}): Promise<Scene> {
  const repository = await createRepository({ remote: true });
  onTestFinished(() => repository.dispose());
  const scene = await churnSceneIn(repository);
  const linear = [{ learner: "linear" }];
  const february = await scene.git("show", "main:data/churn/2026-02.csv");
  await scene.land({
    "models/again/model.yaml": { ...churnSpec, candidates: linear, seed: 8, ...together },
    "models/broken/model.yaml": "task: guess\n",
    "models/refused/model.yaml": { ...churnSpec, data: "refused" },
    "models/upside/model.yaml": { ...churnSpec, data: "upside", candidates: linear, ...together },
    "data-manifests/refused.yaml": { ...churnManifest, sources: [{ path: "data/refused/*.csv" }] },
    "data-manifests/upside.yaml": { ...churnManifest, sources: [{ path: "data/upside/*.csv" }] },
    "data/refused/1.csv": february.slice(0, 2000),
    "data/upside/1.csv": february,
  });
  return scene;
}

interface Ended {
  readonly model: string;
  readonly decision: string;
}
const decisions = [
  ["again", "proposed"],
  ["broken", "failed"],
  ["churn", "proposed"],
  ["refused", "blocked"],
  ["upside", "proposed"],
];

/** Without how long something took, and without the commit of the ledger, whose order is that in which the models ended. */
const comparable = (json: string) =>
  json.replaceAll(/"\d+\.\d s"/g, '"some time"').replaceAll(/"commit": "[0-9a-f]{40}"/g, '"commit": "of the ledger"');

describe("several models in one run", () => {
  it(
    "come to the same, however many are in work at once, and each line says of which it is",
    { timeout: 600_000 },
    async () => {
      const { repository } = await severalModels({ proposalGroup: "pair" });
      const ends = [];
      for (const parallel of ["1", "2", "4"]) {
        const back = repository.snapshot();
        const words = ["run", "--all", "--parallel", parallel, "--push", "--now", "2026-06-08T00:00:00Z", "--json"];
        const { exitCode, stdout, stderr } = await refitProcess(repository, words);
        const state = await endStateOf(repository);
        await back();

        const outcomes = JSON.parse(stdout) as Ended[];
        expect(outcomes.map(({ model, decision }) => [model, decision])).toEqual(decisions);
        const pushed = /^note: Pushed to origin .*: (.*)\.$/m.exec(stderr)![1]!.split(", ").sort();
        const unnamed = stderr
          .trimEnd()
          .split("\n")
          .filter(
            (line) =>
              !/^(note: )?(again|broken|churn|refused|upside|pair): /.test(line) && !line.startsWith("note: Pushed"),
          );
        ends.push({ exitCode, json: comparable(stdout), state, pushed, unnamed });
      }
      const [one, ...others] = ends as [(typeof ends)[number], ...typeof ends];

      expect(one).toMatchObject({ exitCode: 3, unnamed: [] });
      expect(one.pushed).toEqual(["`refit--churn`", "`refit-group--pair`", "`refit-ledger`"]);
      for (const other of others) expect(other).toEqual(one);
    },
  );

  it("do not take what refit writes of one for the work of the program of another", { timeout: 120_000 }, async () => {
    const repository = await createRepository({ remote: true });
    onTestFinished(() => repository.dispose());
    const scene = await churnSceneIn(repository);
    // The program waits until the other model is proposed.
    const waiting = `const { execFileSync } = require("node:child_process");
const isProposed = () => execFileSync("git", ["branch", "--list", "refit--churn"], { cwd: process.env.CLONE }).length > 0;
while (!isProposed()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
`;
    const candidate = { ...programCandidate, environment: ["CLONE"] };
    await scene.land({
      ...program,
      "model/train.js": `${waiting}${program["model/train.js"]}`,
      "models/slow/model.yaml": { ...churnSpec, data: "slow", candidates: [candidate] },
      "data-manifests/slow.yaml": { ...churnManifest, sources: [{ path: "data/slow/*.csv" }] },
      "data/slow/1.csv": await scene.git("show", "main:data/churn/2026-02.csv"),
    });
    const words = ["run", "--all", "--parallel", "2", "--forge", "local", "--now", "2026-06-08T00:00:00Z"];
    const inWorkflow = { GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "octo/demo", GITHUB_TOKEN: "none" };

    const { stdout, stderr } = await refitProcess(repository, words, { ...inWorkflow, CLONE: repository.root });

    expect(stdout).toContain("2 models: 2 proposed.");
    expect(stderr).not.toContain("the repository");
  });

  /** Ends the program only once refit has made a branch. */
  const until = (branch: string) => `while (git("branch", "--list", "${branch}") === "")
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
`;
  const toLedger = (commit: string) => `git("update-ref", "refs/heads/refit-ledger", ${commit});
`;
  /** A program is called several times; what it does once, only the first look can see. */
  const once = (action: string) => `const acted = require("node:path").join(process.env.CLONE, "../acted");
if (!require("node:fs").existsSync(acted)) {
${action}require("node:fs").writeFileSync(acted, "");
}
`;
  const ownRow = `git("-c", "user.name=x", "-c", "user.email=x", "commit-tree", "-p", "refit-ledger", "-m", "refit: record", "refit-ledger^{tree}")`;

  it.each([
    ["writes to the ledger", until("refit--churn") + toLedger(ownRow)],
    [
      "takes back what refit wrote to it",
      `${until("refit--churn")}git("update-ref", "-d", "refs/heads/refit-ledger");\n`,
    ],
    ["moves a proposal", `${until("refit--churn")}git("update-ref", "refs/heads/refit--churn", "main");\n`],
    ["writes to the ledger before refit does", until("refit--churn") + toLedger(ownRow) + until("refit--third")],
  ])("see that the program of one %s while others are written", { timeout: 120_000 }, async (_what, action) => {
    const repository = await createRepository({ remote: true });
    onTestFinished(() => repository.dispose());
    const scene = await churnSceneIn(repository);
    const february = await scene.git("show", "main:data/churn/2026-02.csv");
    const git = `const { execFileSync } = require("node:child_process");
const git = (...args) => execFileSync("git", args, { cwd: process.env.CLONE, encoding: "utf8" }).trim();
`;
    const of = (name: string, candidate: object) => ({
      [`models/${name}/model.yaml`]: { ...churnSpec, data: name, candidates: [candidate] },
      [`data-manifests/${name}.yaml`]: { ...churnManifest, sources: [{ path: `data/${name}/*.csv` }] },
      [`data/${name}/1.csv`]: february,
    });
    await scene.land({
      ...program,
      "model/train.js": `${git}${once(action)}${program["model/train.js"]}`,
      ...of("slow", { ...programCandidate, environment: ["CLONE"] }),
      ...of("third", { learner: "linear" }),
    });
    const words = ["run", "--all", "--parallel", "2", "--forge", "local", "--now", "2026-06-08T00:00:00Z", "--json"];
    const inWorkflow = { GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "octo/demo", GITHUB_TOKEN: "none" };

    const { stdout } = await refitProcess(repository, words, { ...inWorkflow, CLONE: repository.root });

    const branch = action.includes('refit--churn", "main') ? "refit--churn" : "refit-ledger";
    expect(JSON.parse(stdout)).toMatchObject([
      { model: "churn", decision: "proposed" },
      {
        model: "slow",
        decision: "failed",
        error: {
          message: expect.stringMatching(
            `changed the repository, or one that ran beside it did: "refs/heads/${branch}" \\(repository-changed`,
          ),
        },
      },
      { model: "third", decision: "proposed" },
    ]);
  });

  it("are in work at once as refit.yaml on the base branch says, unless the command says otherwise", async () => {
    const repository = await createRepository();
    onTestFinished(() => repository.dispose());
    for (const model of ["a", "b", "c"]) await repository.write(`models/${model}/model.yaml`, "task: guess\n");
    await repository.write("refit.yaml", "parallel: 2\n");
    await repository.commit("Models that cannot be read");
    await repository.write("refit.yaml", "parallel: 3\n");
    const starts = path.join(repository.root, "../starts");
    // As one argument of NODE_OPTIONS: no spaces.
    const hook = `import{appendFileSync}from"node:fs";appendFileSync(process.env.STARTS,process.argv[2]+"\\n")`;
    const noting = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hook)}`, STARTS: starts };
    const workers = async (...words: string[]) => {
      await writeFile(starts, "");
      const { exitCode, stdout } = await refitProcess(repository, ["run", ...words], noting);
      expect(stdout).toContain("3 models: 3 failed.");
      expect(exitCode).toBe(2);
      return (await readFile(starts, "utf8")).split("\n").filter((word) => word === "run-worker").length;
    };

    expect(await workers("--all")).toBe(2);
    expect(await workers("--all", "--parallel", "1")).toBe(0);
    expect(await workers("--dry-run")).toBe(3); // which reads the work tree
  });

  it("read the files of one dataset as often as one model, and end with one table", { timeout: 120_000 }, async () => {
    const scene = await severalModels();
    const reads = sourceReads();

    const { exitCode, stdout } = await scene.refit("run", ["upside", "churn", "refused", "again"]);

    expect(exitCode).toBe(3);
    expect(reads.filter((name) => name.startsWith("churn/")).sort()).toEqual([
      "churn/2026-01.csv",
      "churn/2026-01.csv",
      "churn/2026-02.csv",
      "churn/2026-02.csv",
    ]);
    const lines = stdout.split("\n");
    expect(lines.slice(-6).map((line) => line.split(/ {2,}/).slice(0, 3).join(" "))).toEqual([
      "4 models: 3 proposed, 1 blocked.",
      " model decision",
      " upside proposed",
      " churn proposed",
      " refused blocked",
      " again proposed",
    ]);
  });
});
