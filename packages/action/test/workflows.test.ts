import { readFile } from "node:fs/promises";
import path from "node:path";
import type { RunEvent } from "@refit/testkit";
import { expect, it } from "vitest";
import { results, runTemplate, runText } from "./support/run-template.ts";
import { repositoryRoot } from "./support/built-action.ts";
import { month, openStage, schedule } from "./support/stage.ts";
import { toolsOfAWorkspace } from "./support/workspace-tools.ts";

it("simple: proposes on a schedule, verifies the pull request, promotes its merge, with the permissions it names", async () => {
  const stage = await openStage({ isPrivate: true });

  const first = await runTemplate(stage, "simple", schedule, 1);
  expect(first[0]?.steps.at(-1)?.outputs).toMatchObject({ decision: "proposed", "pull-request-number": "1" });
  const verified = await runTemplate(stage, "simple", await stage.newest("pull_request", "opened"), 2);
  expect(verified[0]?.steps.at(-1)?.outputs).toMatchObject({ decision: "valid" });
  await stage.hub.person.merge(1);
  const promoted = await runTemplate(stage, "simple", await stage.newest("push"), 3);
  expect(promoted[0]?.steps.at(-1)?.outputs).toMatchObject({ decision: "promoted" });
  expect(stage.hub.unknownRoutes).toEqual([]);
});

it("matrix: each model in a job of its own, none on a pull request", async () => {
  const stage = await openStage({ isPrivate: true });

  const jobs = await runTemplate(stage, "matrix", schedule, 1);
  expect(results(jobs).toSorted()).toEqual([
    "plan: success",
    "promote: success",
    "run (churn): success",
    "verify: skipped",
  ]);
  expect(jobs.find(({ name }) => name === "run (churn)")?.steps.at(-1)?.outputs).toMatchObject({
    decision: "proposed",
  });
  const verified = await runTemplate(stage, "matrix", await stage.newest("pull_request", "opened"), 2);
  expect(results(verified).toSorted()).toEqual([
    "plan: skipped",
    "promote: skipped",
    "run: skipped",
    "verify: success",
  ]);
});

it("nx: installs the workspace, builds what the push changed, and proposes", async () => {
  const stage = await openStage({ isPrivate: true });
  const { env, calls } = await toolsOfAWorkspace();
  const event = await stage.land(month(3));

  const jobs = await runTemplate(stage, "nx", event, 1, { env });

  expect(results(jobs)).toEqual(["check: skipped", "run: success"]);
  expect(await calls()).toEqual([
    "npm ci",
    `npx --no -- nx affected -t build --base=${String(event.payload["before"])}`,
  ]);
  expect(jobs[1]?.steps.at(-1)?.outputs).toMatchObject({ decision: "proposed" });

  await runTemplate(stage, "nx", schedule, 2, { env });
  expect((await calls()).slice(2)).toEqual(["npm ci", "npx --no -- nx run-many -t build"]);
});

it("this repository's own: retrain proposes, verify agrees, promote tags, each with the permissions it names", async () => {
  const stage = await openStage({ isPrivate: true });
  const { env } = await toolsOfAWorkspace();
  const own = async (name: string, event: RunEvent, runId: number) => {
    const text = await readFile(path.join(repositoryRoot, `.github/workflows/${name}.yml`), "utf8");
    const [job] = await runText(stage, text, event, runId, { env });
    return { result: job?.result, ...job?.steps.at(-1)?.outputs };
  };

  expect(await own("retrain", schedule, 1)).toMatchObject({ result: "success", decision: "proposed" });
  expect(await own("promote", schedule, 4)).toMatchObject({ result: "success", decision: "unchanged" });
  const opened = await stage.newest("pull_request", "opened");
  expect(await own("verify", opened, 2)).toMatchObject({ result: "success", decision: "valid" });
  await stage.hub.person.merge(1);
  const merged = await stage.newest("push");
  expect(await own("promote", merged, 3)).toMatchObject({ result: "success", decision: "promoted" });
  expect(stage.hub.unknownRoutes).toEqual([]);
});

it("a job without the permission to open pull requests fails and names it", async () => {
  const stage = await openStage();
  stage.hub.permit(stage.hub.tokens.bot, { contents: "write" });

  const end = await stage.act(schedule);

  expect(end.exitCode).toBe(1);
  expect(end.log).toContain("pull-requests: write");
});
