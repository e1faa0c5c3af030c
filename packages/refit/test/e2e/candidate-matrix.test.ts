import { appendFile, cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { createPreparedFolder, removeFolder, temporaryFolder } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Outcome } from "../../src/products/outcome.ts";
import { candidatesDigest } from "./support/candidates-digest.ts";
import {
  bytesOf,
  chooseAndPropose,
  cloneOf,
  linearFails,
  plan,
  refsOf,
  trainAll,
  trainJob,
  withoutTraining,
} from "./support/candidate-jobs.ts";
import { championScene, churnScene, month, proposedScene, type Scene } from "./support/scene.ts";

const three = {
  candidates: [
    { learner: "gbdt", trees: 1, leaves: 2, learningRate: 0.001 },
    { learner: "auto", tries: 2 },
    { learner: "linear" },
  ],
};
const two = { candidates: [{ learner: "gbdt", trees: 5, leaves: 2 }, { learner: "linear" }] };

/** What the jobs of a plan hand over for `churnScene({ spec: two })`, in a folder of the test's own; trained once. */
async function foldersOfTwo(): Promise<string> {
  const folder = await createPreparedFolder("folders of two candidates", {
    make: async () => {
      const scene = await churnScene({ spec: two });
      return trainAll(scene, await plan(scene));
    },
  });
  onTestFinished(() => removeFolder(folder));
  return folder;
}

describe("one job per candidate", () => {
  it(
    "makes the very commits that one job makes, for a first model and for a refresh",
    { timeout: 360_000 },
    async () => {
      const scenes = [
        await churnScene({ spec: three }),
        await churnScene({ spec: three }),
        await churnScene({ spec: three }),
      ];
      const [plain, gathering, divided] = scenes as [Scene, Scene, Scene];

      for (const [n, at] of ["2026-06-03T00:00:00Z", "2026-06-09T00:00:00Z"].entries()) {
        for (const scene of scenes) scene.at(at);
        const planned = await plan(gathering);
        expect(planned).toMatchObject({ any: true, models: [{ model: "churn", result: "due" }] });
        expect(planned.matrix.include).toMatchObject([
          { model: "churn", candidate: "1" },
          { model: "churn", candidate: "2" },
          { model: "churn", candidate: "3" },
        ]);
        const folders = await trainAll(gathering, planned);
        expect(await readdir(folders)).toHaveLength(3);

        const one = await cloneOf(plain);
        const expected = await one.run();
        expect(expected).toMatchObject({ decision: "proposed" });
        const gatherer = await cloneOf(gathering);
        const gathered = await gatherer.run({ candidates: folders });
        const proposed = await chooseAndPropose(divided, folders);

        for (const [outcome, scene] of [
          [gathered, gatherer],
          [proposed.outcome, proposed.scene],
        ] as const) {
          expect({ ...outcome, url: null }).toEqual({ ...expected, url: null });
          expect(await bytesOf(scene)).toEqual(await bytesOf(one));
        }
        for (const scene of scenes) {
          await scene.git("fetch", "--quiet", "origin");
          await scene.merge("squash", "origin/refit--churn");
          await scene.land(month(3 + n));
        }
      }
    },
  );

  it("tells of a candidate that failed in its job in the words of a run in one job", async () => {
    const one = await churnScene({ spec: two });
    const scene = await churnScene({ spec: two });
    const folders = await trainAll(scene, await plan(scene), {}, linearFails);

    const plain = await (await cloneOf(one, linearFails)).run();
    const gathered = await (await cloneOf(scene)).run({ candidates: folders });

    expect(gathered).toMatchObject({ decision: plain.decision });
    expect(JSON.stringify(gathered)).toContain("the loss is not finite");
    expect({ ...gathered, url: null }).toEqual({ ...plain, url: null });
  });

  it("trains several candidates in one job where the matrix is too small", async () => {
    const scene = await churnScene({ spec: two });
    const planned = await plan(scene, { jobs: "1" });

    expect(planned.matrix.include).toMatchObject([{ model: "churn", candidate: "1 2" }]);
    const { outcome } = await chooseAndPropose(scene, await trainAll(scene, planned));
    expect(outcome).toMatchObject({ decision: "proposed" });
  });

  it("says to a person what to do with the folder of one candidate", async () => {
    const scene = await cloneOf(await churnScene({ spec: two }));
    const out = path.join(await temporaryFolder(), "mine");

    const { stdout } = await scene.refit("train", ["churn"], { candidate: ["2"], out });

    const [name] = await readdir(out);
    expect(stdout).toBe(
      `churn: candidate 2 (linear) is in ${out}/${name}\nto choose, judge and propose, with the folders of all candidates in one folder: refit run --candidates ${out}`,
    );
  });
});

describe("a world that moved on", () => {
  it("trains nothing that was planned for other data, and proposes nothing", async () => {
    const scene = await churnScene({ spec: two });
    const planned = await plan(scene);
    await scene.land(month(3));

    const { out, models } = await trainJob(scene, planned.matrix.include[0]!, {}, withoutTraining);

    expect(models).toMatchObject([{ result: "skipped", heldBack: { kind: "handed-over", why: "other-plan" } }]);
    expect(await readdir(out).catch(() => [])).toEqual([]);
    const { handedOver, outcome } = await chooseAndPropose(scene, out, {}, withoutTraining);
    expect(handedOver.models).toMatchObject([{ result: "skipped", heldBack: { why: "no-folder" } }]);
    expect(outcome).toMatchObject({ decision: "skipped", heldBack: { kind: "handed-over" } });
  });

  it.each<[what: string, change: (scene: Scene) => Promise<unknown>, why: string]>([
    ["data came after the jobs", (scene) => scene.land(month(4)), "other-inputs"],
    [
      "the champion was retired meanwhile",
      async (scene) => {
        await scene.git("rm", "--quiet", "-r", "models/churn/champion");
        await scene.land({}, "Retire it");
      },
      "other-champion",
    ],
  ])("takes nothing when %s", async (_what, change, why) => {
    const scene = await championScene({ spec: two });
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    const force = "now";
    const folders = await trainAll(scene, await plan(scene, { force }), { force });
    await change(scene);

    const outcome = await (await cloneOf(scene, withoutTraining)).run({ candidates: folders, force });

    expect(outcome).toMatchObject({ decision: "skipped", heldBack: { kind: "handed-over", why } });
  });

  it("takes what is of the same inputs, though a commit came between", async () => {
    const scene = await churnScene({ spec: two });
    const folders = await foldersOfTwo();
    await scene.land({ "README.md": "More words.\n" });

    expect(await (await cloneOf(scene)).run({ candidates: folders })).toMatchObject({ decision: "proposed" });
  });
});

describe("folders that are not what jobs handed over", () => {
  /** Folders of both candidates, by number, and what a run makes of them after a change. */
  async function gather(change: (folders: Folders) => Promise<unknown>) {
    const scene = await churnScene({ spec: two });
    const root = await foldersOfTwo();
    const names = new Map<number, string>();
    for (const name of await readdir(root)) {
      const facts = JSON.parse(await readFile(path.join(root, name, "candidate.json"), "utf8")) as {
        candidate: number;
      };
      names.set(facts.candidate, path.join(root, name));
    }
    await change({ root, first: names.get(1)!, second: names.get(2)! });
    const clone = await cloneOf(scene);
    return { scene, clone, root, told: () => clone.refit("run", ["churn"], { json: true, candidates: root }) };
  }
  interface Folders {
    readonly root: string;
    readonly first: string;
    readonly second: string;
  }

  it.each<[why: string, change: (folders: Folders) => Promise<unknown>, said: RegExp]>([
    ["a missing one", ({ second }) => rm(second, { recursive: true }), /No folder for it was handed over/],
    ["a byte more", ({ second }) => appendFile(path.join(second, "artifact/model.json"), " "), /candidates-altered/],
    ["a file less", ({ second }) => rm(path.join(second, "artifact/model.json")), /candidates-altered/],
    ["a file more", ({ second }) => writeFile(path.join(second, "artifact/more"), "x"), /candidates-altered/],
    ["a link", ({ second }) => symlink("/etc/passwd", path.join(second, "more")), /"more" is not a regular file/],
    ["a linked folder", ({ second }) => symlink("/etc", path.join(second, "more")), /"more" is not a regular file/],
    ["a hidden file", ({ second }) => writeFile(path.join(second, ".more"), "x"), /".more" is not a valid name/],
    ["another name", ({ second }) => rename(second, `${second.slice(0, -1)}x`), /its name is not the digest/],
    [
      "the name of another",
      ({ second }) => rename(second, `${second.slice(0, -64)}${"0".repeat(64)}`),
      /candidates-altered/,
    ],
  ])("goes on without the candidate of %s, and says so", async (_why, change, said) => {
    const { told } = await gather(change);

    const { stdout, notices } = await told();
    const [outcome] = JSON.parse(stdout) as Outcome[];

    expect(notices.join("\n")).toMatch(said);
    expect(outcome).toMatchObject({ decision: "proposed" });
    expect(JSON.stringify(outcome)).toContain("linear");
    expect(JSON.stringify((outcome as { report: unknown }).report)).toContain("No folder for it was handed over");
  });

  it.each<[why: string, change: (folders: Folders) => Promise<unknown>]>([
    [
      "a folder of something else",
      ({ root }) => mkdir(path.join(root, "logs")).then(() => writeFile(path.join(root, "logs/a"), "x")),
    ],
    ["a file", ({ root }) => writeFile(path.join(root, "x.txt"), "x")],
    ["a link to a folder", ({ root, first }) => symlink(first, path.join(root, "f".repeat(64)))],
  ])("uses all candidates beside %s, and names it", async (_why, change) => {
    const { told } = await gather(change);

    const { stdout, notices } = await told();

    expect(notices.join("\n")).toMatch(/ is not used \(candidates-invalid\): /);
    expect(stdout).not.toContain("No folder for it");
  });

  it("takes no candidate of which two jobs handed over different models", async () => {
    const { told } = await gather(async ({ root, second, first }) => {
      // Another model of the second candidate, as a job that was taken over could hand it over.
      const forged = path.join(root, "forged");
      await cp(second, forged, { recursive: true });
      await cp(path.join(first, "artifact"), path.join(forged, "artifact"), { recursive: true });
      await named(forged);
    });

    const { stdout } = await told();

    expect(stdout).toContain("Two jobs handed over different models for it");
  });

  it(
    "scores by itself, so that what is not a model is left out, whatever its job says",
    { timeout: 360_000 },
    async () => {
      const { told } = await gather(async ({ second }) => {
        await writeFile(path.join(second, "artifact/model.json"), "{}");
        await named(second);
      });

      const { stdout } = await told();

      expect(stdout).toContain("What its job handed over is not a model that can be used");
      expect(JSON.parse(stdout)).toMatchObject([{ decision: "proposed" }]);
    },
  );

  it("stops where none is left, names each, and changes nothing", async () => {
    const { clone, root } = await gather(async ({ first, second }) => {
      for (const folder of [first, second]) await appendFile(path.join(folder, "candidate.json"), " ");
    });
    const before = await refsOf(clone);

    await expect(clone.run({ candidates: root })).rejects.toMatchObject({ code: "candidates-missing" });
    expect(await refsOf(clone)).toBe(before);
  });

  it("stops where every candidate failed in its job", async () => {
    const scene = await churnScene({ spec: { candidates: [{ learner: "linear" }] } });
    const folders = await trainAll(scene, await plan(scene), {}, linearFails);

    await expect((await cloneOf(scene)).run({ candidates: folders })).rejects.toThrow(
      /None of the candidates of "churn" can be used\. 1 \(linear\): .*the loss is not finite/,
    );
  });

  it("is told from the folder of one job that trained all, whose digest is missing", async () => {
    const scene = await churnScene({ spec: two });
    const out = path.join(await temporaryFolder(), "all");
    await (await cloneOf(scene)).refit("train", [], { json: true, out });

    await expect((await cloneOf(scene)).run({ candidates: out })).rejects.toThrow("use FOLDER@DIGEST");
  });
});

it("passes on a person's reason to each job", async () => {
  const scene = await proposedScene({ spec: two });
  await scene.refit("reject", ["churn"], { reason: "no" });
  const force = "again";

  const folders = await trainAll(scene, await plan(scene, { force }), { force });
  const { outcome } = await chooseAndPropose(scene, folders, { force });

  expect(outcome).toMatchObject({ decision: "proposed", reasons: [{ kind: "forced" }] });
});

/** Gives a folder the name that its content asks for. */
async function named(folder: string): Promise<void> {
  const digest = await candidatesDigest(folder, (index) => index, "candidate.json");
  await rename(folder, path.join(path.dirname(folder), digest.slice("sha256:".length)));
}
