import { expect, it } from "vitest";
import { churnSpec } from "../../refit/test/e2e/support/churn.ts";
import { results, runTemplate } from "./support/run-template.ts";
import { month, newestEvent, openStage, schedule } from "./support/stage.ts";

const small = { candidates: [{ learner: "linear" }], slices: [] };
const resting = { retrain: { ...churnSpec.retrain, cooldownHours: 500 } };
const dashboard = { "refit.yaml": "dashboard: issue\n" };

it("a ticked box starts a forced run, which opens a pull request and merges nothing; nobody else's edit does", async () => {
  const { hub, act, newest, land } = await openStage({ spec: { ...small, ...resting } });
  const pages = () => hub.rows.issues.filter(({ labels }) => labels.includes("refit-dashboard"));
  await land({ ...dashboard, "models/fraud/model.yaml": { ...churnSpec, ...small, ...resting, seed: 3 } });

  expect((await act(schedule)).outputs).toMatchObject({ decision: "proposed", models: '["churn","fraud"]' });
  const [{ number, body: first }] = pages() as [{ number: number; body: string }];
  expect(first).toContain("**2 models: 2 need a person");

  await hub.person.merge(1);
  await act(await newest("push"));
  await land(month(3));
  expect((await act(schedule)).outputs).toMatchObject({ decision: "skipped" });

  await hub.person.tick(number, "model=churn");
  const asked = await act(await newest("issues", "edited"));
  expect(asked).toMatchObject({ exitCode: 0, outputs: { decision: "proposed", models: '["churn"]' } });
  expect(asked.log).toContain("asked for by ada: churn");
  expect(asked.summary).toContain("asked for in the dashboard by ada");
  const pull = hub.rows.issues.at(-1)!;
  expect(pull).toMatchObject({ state: "open", pull: { mergedAt: null } });
  expect(pull.body).toContain("asked for in the dashboard by");
  expect(pages()).toHaveLength(1);
  expect(pages()[0]!.body).not.toContain("[x]");
  expect(pages()[0]!.body).toContain(`[proposal](${hub.url}/octo/demo/pull/${pull.number})`);

  // The bot's own edit, told as an App's would be, and a stranger's.
  const before = hub.requests.length;
  const own = await act(await newest("issues", "edited"));
  expect(own).toMatchObject({ exitCode: 0, outputs: { decision: "shown", any: "false" } });
  await hub.person.tick(number, "model=fraud");
  const event = await newest("issues", "edited");
  const stranger = { ...event, payload: { ...event.payload, sender: { login: "mallory", type: "User" } } };
  const refused = await act(stranger);
  expect(refused.log).toContain("mallory may not write to this repository, so no run was started.");
  expect(pages()[0]!.body).not.toContain("[x]");
  const merges = hub.requests.slice(before).filter(({ path }) => /merge|git-receive-pack/.test(path));
  expect(merges).toEqual([]);

  await hub.person.tick(number, "run-due");
  expect((await act(await newest("issues", "edited"))).outputs).toMatchObject({ models: '["churn","fraud"]' });
  expect(hub.rows.issues.filter(({ pull: each }) => each?.mergedAt)).toHaveLength(1);
  expect(hub.unknownRoutes).toEqual([]);
});

it.each(["hardened", "matrix"])("a ticked box goes through the jobs of the %s workflow", async (kind) => {
  const stage = await openStage({ spec: { ...small, ...resting }, live: true });
  const { hub } = stage;
  await stage.land({ ...dashboard, ...month(3) });
  const run = (event: Parameters<typeof runTemplate>[2], id: number) =>
    runTemplate(stage, kind, event, id, { dashboard: true });
  await run(schedule, 201);
  const page = hub.rows.issues.find(({ labels }) => labels.includes("refit-dashboard"))!;
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
