import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { appendLedger } from "../../src/ledger/ledger.ts";
import { churnSpec } from "./support/churn.ts";
import { churnScene, type Scene } from "./support/scene.ts";

const diagnoses = async (scene: Scene) =>
  (JSON.parse((await scene.refit("doctor", [], { json: true })).stdout) as { severity: string; what: string }[]).map(
    ({ severity, what }) => `${severity}: ${what}`,
  );

it("tells nothing of GitHub in a repository without workflows", async () => {
  const scene = await churnScene();

  expect((await diagnoses(scene)).join("\n")).not.toMatch(/workflow|owns/);
});

it("names what will bite on GitHub, errors first, until it is mended", async () => {
  const scene = await churnScene();
  const workflow = {
    on: { push: {} },
    jobs: { a: { steps: [{ uses: "actions/checkout@v7" }, { uses: "x/refit@v1" }] } },
  };
  await scene.land({ ".github/workflows/a.yml": workflow, ".github/workflows/broken.yml": "a: [" });

  expect(await diagnoses(scene)).toEqual([
    expect.stringContaining("error: .github/workflows/a.yml, job a: actions/checkout fetches only one commit"),
    expect.stringContaining("warning: .github/workflows/a.yml, job a: no `permissions`"),
    expect.stringContaining("warning: CODEOWNERS names nobody for models/"),
  ]);

  await scene.refit("init", [], { github: true });
  await scene.land({ ".github/workflows/a.yml": { on: { push: {} } }, ".github/CODEOWNERS": "/models/ @team\n" });
  expect(await diagnoses(scene)).toEqual([]);
});

it("says that most candidates end without a decision", async () => {
  const scene = await churnScene();
  const ports = await scene.ports();
  const look = (name: string) => ({
    kind: "look" as const,
    model: "churn",
    at: "2026-02-01T00:00:00.000Z",
    inputDigest: name,
    parent: null,
    holdout: null,
    settingsDigest: "s",
    files: [],
    look: 1,
    alpha: 0.05,
    window: { from: null, to: null, rows: 60 },
    verdict: "inconclusive",
  });
  const rows = ["a", "b", "c"].map(look);
  await appendLedger(ports, await ports.git.locate(), { rows, files: new Map(), at: Date.parse(rows[0]!.at) });

  expect(await diagnoses(scene)).toEqual([
    "warning: churn: 3 of the last 3 candidates ended without a decision; their holdouts had at most 60 rows.",
  ]);
});

it("names data that are only a pointer in this clone", async () => {
  const scene = await churnScene();
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 1000\n`;
  await scene.land({ "data/churn/2026-03.csv": pointer });

  expect(await diagnoses(scene)).toContainEqual(
    expect.stringContaining("error: data/churn/2026-03.csv is a Git LFS pointer"),
  );
});

it("names a sensitive column whose values every version would list, before the first and after", async () => {
  const scene = await churnScene({ manifest: { sensitive: ["plan", "customer", "hours"] } });
  const told = [expect.stringContaining('warning: churn: the sensitive column "plan" is a feature')];
  const [before] = [await diagnoses(scene)];
  await scene.run();
  await scene.merge();

  expect({ before, after: await diagnoses(scene) }).toEqual({ before: told, after: told });

  await scene.land({ "models/churn/model.yaml": { ...churnSpec, features: { exclude: ["customer", "plan"] } } });
  await scene.run({ force: "without the plan" });
  await scene.merge();
  expect(await diagnoses(scene)).toEqual([]);
});

it("names a model that would not fit where it is kept", async () => {
  const scene = await churnScene({ spec: { maxModelMiB: 400 } });
  expect(await diagnoses(scene)).toEqual([
    expect.stringContaining("most git hosts warn above 50 MiB and refuse files above 100 MiB"),
  ]);

  await scene.land({ ".gitattributes": "models/*/champion/** -text -merge\nmodels/** filter=lfs\n" });
  const installed = spawnSync("git", ["lfs", "version"]).status === 0;
  const told = installed ? /cannot read history from a pointer/ : /git-lfs is not installed/;
  expect(await diagnoses(scene)).toEqual([expect.stringMatching(told)]);
});

it("tries the metrics of a model's own on the newest data, before anything is trained", async () => {
  const own = (row: string) => ({ primary: "profit", own: { profit: { row, higherIsBetter: true } } });
  const scene = await churnScene({
    spec: {
      gates: [{ metric: "profit", min: -9 }],
      metrics: own("CASE WHEN answer THEN -1 WHEN label THEN -5 ELSE 0 END"),
    },
  });
  const told = async (row: string) => {
    await scene.land({
      "models/churn/model.yaml": { ...churnSpec, metrics: own(row), gates: [{ metric: "profit", min: -9 }] },
    });
    return diagnoses(scene);
  };
  expect(await diagnoses(scene)).toEqual([]);

  expect(await told("-1 * amout")).toEqual([
    expect.stringMatching(
      /^error: models\/churn\/model\.yaml:\d+:\d+: metrics\.own\.profit\.row: there is no column "amout"/,
    ),
  ]);
  // Both answers are tried, and hours are missing in one row of twenty.
  expect(await told("CASE WHEN answer THEN 1 / 0 ELSE 0 END")).toEqual([
    expect.stringContaining('metric "profit" gives'),
  ]);
  expect(await told("CASE WHEN answer THEN 0 ELSE 1 / 0 END")).toEqual([
    expect.stringContaining('metric "profit" gives'),
  ]);
  expect(await told("hours")).toEqual([expect.stringContaining('The metric "profit" gives NULL or NaN')]);
});
