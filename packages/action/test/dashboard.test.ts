import { expect, it } from "vitest";
import { churnSpec } from "../../refit/test/e2e/support/churn.ts";
import { results, runTemplate } from "./support/run-template.ts";
import { month, newestEvent, openStage, schedule } from "./support/stage.ts";
import { toolsOfAWorkspace } from "./support/workspace-tools.ts";

const small = { candidates: [{ learner: "linear" }], slices: [] };
const resting = { retrain: { ...churnSpec.retrain, cooldownHours: 500 } };

/** A live model in its cool-down, new data, and the page that shows it. */
async function openPage() {
  const stage = await openStage({ spec: { ...small, ...resting }, live: true });
  await stage.land({ "refit.yaml": "dashboard: issue\n", ...month(3) });
  const page = () => stage.hub.rows.issues.find(({ labels }) => labels.includes("refit-dashboard"))!;
  return { ...stage, page };
}

it("a ticked box starts a forced run, which opens a pull request and merges nothing", async () => {
  const { hub, act, newest, page } = await openPage();
  const shown = await act(schedule, { inputs: { command: "dashboard" } });
  expect(shown).toMatchObject({ exitCode: 0, outputs: { decision: "shown", any: "false", reason: "" } });
  expect(page().body).toContain("**1 model: none needs a person");

  await hub.person.tick(page().number, "model=churn");
  const asked = await act(await newest("issues", "edited"));

  expect(asked).toMatchObject({ exitCode: 0, outputs: { decision: "proposed", models: '["churn"]' } });
  expect(asked.log).toContain("asked for by ada: churn");
  expect(asked.summary).toContain("asked for in the dashboard by ada");
  const pull = hub.rows.issues.at(-1)!;
  expect(pull).toMatchObject({ state: "open", pull: { mergedAt: null } });
  expect(pull.body).toContain("asked for in the dashboard by ada");
  expect(page().body).not.toContain("[x]");
  expect(page().body).toContain(`[proposal](${hub.url}/octo/demo/pull/${pull.number}) open since`);
  expect(hub.unknownRoutes).toEqual([]);
});

it("a bot's edit and a stranger's start nothing; the box for all that are due does what the schedule does", async () => {
  const { hub, act, newest, page } = await openPage();
  await act(schedule, { inputs: { command: "dashboard" } });
  await hub.person.tick(page().number, "model=churn");
  const event = await newest("issues", "edited");
  const by = (sender: object) => act({ ...event, payload: { ...event.payload, sender } });

  expect(await by({ login: "refit-app[bot]", type: "Bot" })).toMatchObject({
    exitCode: 0,
    outputs: { decision: "shown", any: "false" },
  });
  expect((await by({ login: "mallory", type: "User" })).log).toContain(
    "mallory may not write to this repository, so no run was started.",
  );
  expect(page().body).not.toContain("[x]");

  await hub.person.tick(page().number, "run-due");
  const due = await act(await newest("issues", "edited"));
  expect(due.log).toContain("asked for by ada: every model that is due");
  expect(due.outputs).toMatchObject({ decision: "skipped", models: '["churn"]' });
  expect(hub.rows.issues.filter(({ pull }) => pull !== null)).toEqual([]);
});

it.each(["hardened", "matrix", "candidates"])("a ticked box goes through the jobs of the %s workflow", async (kind) => {
  const stage = await openPage();
  const { hub } = stage;
  const run = (event: Parameters<typeof runTemplate>[2], id: number) =>
    runTemplate(stage, kind, event, id, { dashboard: true });
  await stage.act(schedule, { inputs: { command: "dashboard" } });
  const page = stage.page();
  const pulls = () => hub.rows.issues.filter(({ pull }) => pull !== null).length;
  expect(pulls()).toBe(0);

  await hub.person.tick(page.number, "model=churn");
  const jobs = await run(await newestEvent(hub, "issues", "edited"), 202);

  expect(results(jobs)).toContain("asked: success");
  expect(results(jobs)).toContain("promote: skipped");
  expect(jobs.filter(({ result }) => result === "failure")).toEqual([]);
  expect(pulls()).toBe(1);
  expect(hub.rows.issues.at(-1)!.body).toContain("asked for in the dashboard by");
  expect(page.body).not.toContain("[x]");

  // Nobody ticked anything: the issue is another one.
  const other = await stage.newest("issues", "edited");
  const payload = { ...other.payload, issue: { number: 99, labels: [] } };
  const idle = await run({ ...other, payload }, 203);
  expect(idle.every(({ result }) => result === "skipped")).toBe(true);
});

it("a ticked box in the nx workflow builds the workspace, and starts the run in the one job", async () => {
  const stage = await openPage();
  const { env, calls } = await toolsOfAWorkspace();
  const run = (event: Parameters<typeof runTemplate>[2], id: number) =>
    runTemplate(stage, "nx", event, id, { dashboard: true, env });
  await stage.act(schedule, { inputs: { command: "dashboard" } });

  await stage.hub.person.tick(stage.page().number, "model=churn");
  const event = await newestEvent(stage.hub, "issues", "edited");
  const jobs = await run(event, 202);

  expect(results(jobs)).toEqual(["check: skipped", "run: success"]);
  expect(await calls()).toEqual(["npm ci", "npx --no -- nx run-many -t build"]);
  expect(stage.hub.rows.issues.at(-1)).toMatchObject({
    state: "open",
    pull: { mergedAt: null },
    body: expect.stringContaining("asked for in the dashboard by"),
  });
  expect(stage.page().body).not.toContain("[x]");

  const payload = { ...event.payload, issue: { number: 99, labels: [] } };
  expect((await run({ ...event, payload }, 203)).every(({ result }) => result === "skipped")).toBe(true);
});

it("boxes of models and the one for all that are due, taken at once, have outputs of both runs", async () => {
  const { hub, act, newest, page } = await openPage();
  await act(schedule, { inputs: { command: "dashboard" } });
  await hub.person.tick(page().number, "model=churn");
  await hub.person.tick(page().number, "run-due");

  const both = await act(await newest("issues", "edited"));

  expect(both.log).toContain("asked for by ada: churn, every model that is due");
  // The second run leaves the new proposal alone.
  expect(both.outputs).toMatchObject({ decision: "proposed", models: '["churn"]', verdict: "promote" });
  expect(both.outputs["pull-request-operation"]).toBe("created");
});
