import { writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { expect, it } from "vitest";
import { month } from "../e2e/support/scene.ts";
import { hubScene } from "./support/hub-scene.ts";

it("runs and promotions keep the page, quiet nights leave it alone, and it goes when it is turned off", async () => {
  const { hub, scene, refit, run, pull } = await hubScene();
  await scene.land({ "refit.yaml": "dashboard: issue\n" });
  const pages = () => hub.rows.issues.filter(({ labels }) => labels.includes("refit-dashboard"));
  const body = () => pages()[0]!.body!;

  expect(await run()).toMatchObject({ decision: "proposed" });
  expect(pages()).toHaveLength(1);
  expect(body()).toContain("**1 model: 1 needs a person, no retrain is due.**");
  expect(body()).toContain(
    `| \`churn\` | none |  |  | at 150 new rows | [proposal](${hub.url}/octo/demo/pull/1) open since`,
  );

  const before = body();
  scene.at("2026-06-09T00:00:00Z");
  await run();
  const kept = await refit("dashboard");
  expect(body()).toBe(before);
  expect(kept.result).toMatchObject({ operation: "unchanged", boxes: null });

  await hub.person.merge(1);
  await refit("promote");
  expect(body()).toContain("**1 model: none needs a person");
  expect(body()).toMatch(/\| `churn` \| v1 \| 2026-06-\d\d \| `rocAuc` 0\.\d+ on \d+ rows \|/);

  // A feed that is refused: an alert, which the page links to.
  await pull();
  scene.at("2026-06-20T00:00:00Z");
  await scene.land({ "data/churn/2026-04.csv": "customer,day\nc,2026-04-01\n" });
  expect(await run()).toMatchObject({ decision: "blocked" });
  const alert = hub.rows.issues.find(({ labels }) => labels.includes("refit-alert"))!.number;
  expect(body()).toContain(`[blocked](${hub.url}/octo/demo/issues/${alert}) in 1 run since 2026-06-20 by `);

  const event = path.join(await temporaryFolder(), "event.json");
  const number = pages()[0]!.number;
  await hub.person.tick(number, "model=churn");
  await writeFile(event, JSON.stringify(hub.events.findLast(({ name }) => name === "issues")!.payload));
  const env = { GITHUB_EVENT_NAME: "issues", GITHUB_EVENT_PATH: event };
  const { result } = await refit("dashboard", [], {}, { env });
  expect(result).toMatchObject({ boxes: { asked: true, models: ["churn"], due: false, by: "ada" } });
  expect(body()).not.toContain("[x]");

  await scene.land({ "refit.yaml": "parallel: 1\n", ...month(4) });
  await refit("promote");
  expect(pages()).toMatchObject([{ state: "closed", body: expect.stringContaining("The dashboard is turned off") }]);
  expect(hub.unknownRoutes).toEqual([]);
});

it("without a permission to write issues a run says so, and goes on", async () => {
  const { hub, scene, run } = await hubScene();
  await scene.land({ "refit.yaml": "dashboard: issue\n" });
  hub.permit(hub.tokens.bot, { contents: "write", pull_requests: "write", checks: "write" });

  expect(await run()).toMatchObject({ decision: "proposed" });
  expect(hub.rows.issues.filter(({ pull }) => pull === null)).toEqual([]);
});

it("a command that keeps all to itself writes nothing, and says so", async () => {
  const { hub, scene, refit } = await hubScene();
  await scene.land({ "refit.yaml": "dashboard: issue\n" });
  const env = { GITHUB_ACTIONS: "" };

  const kept = await refit("dashboard", [], {}, { env });

  expect(kept.result).toEqual({ url: null, operation: "none", boxes: null });
  expect(kept.notices).toEqual([
    "Nothing was written: the dashboard is on GitHub. `--push` writes it, `--dry-run` prints it.",
  ]);
  expect(hub.rows.issues).toEqual([]);
});

it("init writes a workflow that listens to ticks, and doctor names one that does not", async () => {
  const { scene, refit } = await hubScene();
  const flags = { github: true, action: "acme/refit@v1", overwrite: [".github/workflows/refit.yml"] };
  const written = async () => JSON.stringify((await refit("init", [], { ...flags, "dry-run": true })).result);
  const told = async () => JSON.stringify((await refit("doctor")).result);
  const workflow = `on: push
permissions: { contents: write, pull-requests: write, checks: write, issues: write }
jobs: { run: { steps: [{ uses: acme/refit@v1 }] } }
`;
  await scene.land({ ".github/workflows/refit.yml": workflow });
  expect(await written()).not.toContain("issues: { types: [edited] }");
  expect(await told()).not.toContain("a ticked box");

  await scene.land({ "refit.yaml": "dashboard: issue\n" });

  expect(await written()).toContain("issues: { types: [edited] }");
  expect(await told()).toContain(".github/workflows/refit.yml: a ticked box of the dashboard starts nothing");
});
