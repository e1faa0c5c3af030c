import { appendFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { statusOfModel } from "../../../core/src/report/status-schema.ts";
import type { StatusRow } from "../../src/commands/json.ts";
import type { Diagnosis } from "../../src/ports/diagnosis.ts";
import { churnManifest, churnSpec } from "./support/churn.ts";
import { championScene, churnScene, month, type Scene } from "./support/scene.ts";

async function statusOf(scene: Scene): Promise<StatusRow> {
  const { stdout } = await scene.refit("status", [], { json: true });
  const [status] = JSON.parse(stdout) as [StatusRow];
  expect(statusOfModel.strict().safeParse(status).error).toBeUndefined();
  return status;
}

const diagnosed = async (scene: Scene) =>
  (JSON.parse((await scene.refit("doctor", [], { json: true })).stdout) as Diagnosis[]).map(({ what }) => what);

const broken = { "data/churn/2026-03.csv": "" };
const program = { learner: "command", train: ["python3", "train.py"], code: ["train.py"], onnx: "model.onnx" };
const withProgram = { ...churnSpec, candidates: [{ learner: "linear" }, program] };

describe("status and doctor never call a model well", () => {
  it.each<[why: string, make: () => Promise<Scene>, kind: string, told: RegExp, label: string]>([
    [
      "beside an open alert",
      async () => {
        const scene = await championScene({}, "squash");
        await scene.land(broken);
        expect(await scene.run()).toMatchObject({ decision: "blocked" });
        return scene;
      },
      "blocked",
      /blocked in 1 run since 2026-06-01, by empty-file\. What is live has not changed\./,
      "blocked",
    ],
    [
      "whose first version is blocked",
      async () => {
        const scene = await churnScene();
        await scene.land(broken);
        expect(await scene.run()).toMatchObject({ decision: "blocked" });
        return scene;
      },
      "blocked",
      /by empty-file\. There is no champion yet, and none can be made\./,
      "blocked",
    ],
    [
      "whose learner is missing",
      async () => {
        const scene = await championScene({}, "squash");
        await scene.land({ "train.py": "", "models/churn/model.yaml": withProgram });
        return scene;
      },
      "learner-missing",
      /the learner `command` cannot be used here\./,
      "no learner",
    ],
    [
      "with files that no manifest matches",
      async () => {
        const scene = await championScene({}, "squash");
        await scene.land({
          "data/churn/2026-03.tsv": "customer\tday\n",
          "data/readme.txt": "x",
          "data/other.csv": "a\n1\n",
        });
        return scene;
      },
      "unmatched-files",
      /^churn: `data\/churn\/2026-03\.tsv` is not read: no source of a data manifest matches it\.$/,
      "stray files",
    ],
  ])("%s", async (_why, make, kind, told, label) => {
    const scene = await make();

    const { attention } = await statusOf(scene);
    const { stdout, exitCode } = await scene.refit("status", ["churn"], { "fail-on": "attention" });

    expect(attention.map((each) => each.kind)).toEqual([kind]);
    expect(await diagnosed(scene)).toEqual(expect.arrayContaining([expect.stringMatching(told)]));
    expect(stdout.split("\n")[1]).toMatch(new RegExp(`^churn .* ${label}$`));
    expect(stdout.split("\n")[1]).not.toContain(" now ");
    expect(exitCode).toBe(4);
    expect((await scene.refit("status")).exitCode).toBe(0);
  });

  it("because of a file that another model reads, also where that model is not asked for", async () => {
    const scene = await championScene({}, "squash");
    await scene.land({
      "models/other/model.yaml": { ...churnSpec, data: "other" },
      "data-manifests/other.yaml": { ...churnManifest, sources: [{ path: "data/churn/other.tsv" }] },
      "data/churn/other.tsv": "customer\tday\n",
    });

    const { stdout } = await scene.refit("status", ["churn"], { json: true });

    expect(JSON.parse(stdout)).toMatchObject([{ model: "churn", attention: [] }]);
  });

  it("again once the data are repaired, and says how the live version did on newer rows", async () => {
    const scene = await championScene({}, "squash");
    await scene.land(broken);
    await scene.run();
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    const outcome = await scene.run();
    expect(outcome).toMatchObject({ decision: "proposed" });
    scene.at("2026-06-10T00:00:00Z");

    const { attention, metric, newestRow } = await statusOf(scene);
    const { stdout } = await scene.refit("status");
    const failing = () => scene.refit("status", [], { "fail-on": "attention" });
    expect(await failing()).toMatchObject({ exitCode: 0 });
    scene.at("2026-06-10T00:00:01Z");
    expect(await failing()).toMatchObject({ exitCode: 4 });

    const { evaluation } = (
      outcome as unknown as { evidence: { evaluation: { metrics: { champion: number }[]; holdout: { rows: number } } } }
    ).evidence;
    expect(metric).toMatchObject({
      name: "rocAuc",
      judgedOn: { rows: 180 },
      since: { metric: "rocAuc", value: evaluation.metrics[0]!.champion, rows: evaluation.holdout.rows },
    });
    expect(newestRow).toBe("2026-03-30");
    expect(attention).toEqual([{ kind: "proposal", state: "open", since: "2026-06-03T00:00:00.000Z" }]);
    expect(stdout).toMatch(/^churn +live v1 .* rocAuc 0\.\d{4} +0\.\d{4} +\d+ +72 d ago .* proposal 7 d$/m);
    expect(await diagnosed(scene)).not.toEqual(expect.arrayContaining([expect.stringContaining("blocked")]));
    await expect(scene.refit("status", ["chrun"])).rejects.toMatchObject({ code: "model-unknown" });
    await expect(scene.refit("status", [], { "fail-on": "anything" })).rejects.toMatchObject({ code: "usage" });

    // A damaged row ends no table: it is named, and nothing is decided by what stands beside it.
    const ledger = path.join(scene.root, ".git/ledger");
    await scene.git("worktree", "add", "--quiet", ledger, "refit-ledger");
    await appendFile(
      path.join(ledger, "models/churn.jsonl"),
      '{"kind":"drift","model":"churn","at":"last week","inputDigest":"x","parent":null,"holdout":null,"driftLevel":2}\n',
    );
    await scene.git("-C", ledger, "commit", "--quiet", "--all", "--message", "Edit by hand");
    const named = expect.stringMatching(
      /^models\/churn\.jsonl:\d+ on the branch `refit-ledger` .*: at: expected a time/,
    );
    expect((await statusOf(scene)).attention[0]).toMatchObject({ kind: "unreadable", message: named });
    for (const command of ["history", "site"])
      await expect(scene.refit(command)).rejects.toMatchObject({ code: "ledger-invalid", message: named });
  });
});
