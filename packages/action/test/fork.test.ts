import { writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { openPull, openStage } from "./support/stage.ts";

it("a fork's pull request is verified with the action's own command, read-only, and its champion is refused unread", async () => {
  const stage = await openStage({ live: true });
  const { hub, git } = stage;

  await git("fetch", "--quiet", "origin");
  await git("checkout", "--quiet", "-B", "better", "origin/main");
  const metrics = "models/churn/champion/metrics.json";
  const root = await git("rev-parse", "--show-toplevel");
  const text = await git("show", `HEAD:${metrics}`);
  await writeFile(`${root}/${metrics}`, text.replace(/0\.\d+/, "0.999"));
  await git("commit", "--quiet", "--all", "--message", "Better");
  const header = `http.${hub.url}/.extraheader=${hub.authHeader(hub.tokens.stranger)}`;
  await git("-c", `http.${hub.url}/.extraheader=`, "-c", header, "push", "--quiet", hub.gitUrl("mallory"), "better");
  await openPull(hub, "mallory:better", hub.tokens.stranger);
  const event = await stage.newest("pull_request", "opened");
  stage.writes();

  const end = await stage.act(event, { token: hub.tokens.fork });

  expect(end.log).toContain("as built into the action");
  expect(end).toMatchObject({ exitCode: 1, outputs: { decision: "failed" } });
  expect(end.log).toContain("comes from a fork, so for safety nothing of it was loaded");
  expect(stage.writes().filter((write) => / 2\d\d$/.test(write))).toEqual([]);
});
