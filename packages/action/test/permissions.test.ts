import { readFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { expect, it } from "vitest";
import { repositoryRoot } from "./support/built-action.ts";
import { month, openStage, schedule, type RunOptions } from "./support/stage.ts";

/** What docs/github-action.md says that each command needs, as the hub takes it. */
async function permissionsTable(): Promise<ReadonlyMap<string, Readonly<Record<string, "read" | "write">>>> {
  const page = await readFile(path.join(repositoryRoot, "docs/github-action.md"), "utf8");
  const rows = page
    .split("\n## Permissions\n")[1]!
    .split("\n## ")[0]!
    .matchAll(/^\| ((?:`\w+`(?:, )?)*) ?\|(.*?)\|/gm);
  const table = new Map<string, Record<string, "read" | "write">>();
  let commands: readonly string[] = [];
  for (const [, names = "", cells = ""] of rows) {
    if (names !== "") commands = names.replaceAll("`", "").split(", ");
    const named = [...cells.matchAll(/`([a-z-]+): (read|write)`/g)];
    const levels = named.map(([, area, level]) => [area!.replaceAll("-", "_"), level as "read" | "write"]);
    for (const command of commands) table.set(command, { ...table.get(command), ...Object.fromEntries(levels) });
  }
  return table;
}

it("the permissions that the documentation names are enough for each command, also in a private repository", async () => {
  const stage = await openStage({ isPrivate: true, spec: { publish: ["release", "deployment"] } });
  const table = await permissionsTable();
  const tried = new Set<string>();

  async function act(command: string, event = schedule, { inputs = {} }: RunOptions = {}) {
    tried.add(command);
    stage.hub.permit(stage.hub.tokens.bot, table.get(command)!);
    const seen = stage.hub.requests.length;
    const end = await stage.act(event, { inputs: { command, ...inputs } });
    // No job's token may read that setting; doctor asks all the same, for a person who runs it with their own.
    const refused = stage.hub.requests
      .slice(seen)
      .filter(({ status, path: at }) => status === 403 && !at.endsWith("/actions/permissions/workflow"));
    expect(refused.map(({ method, path: at }) => `${command}: ${method} ${at}`)).toEqual([]);
    expect(`${command}: ${end.exitCode}\n${end.exitCode === 0 ? "" : end.log}`).toBe(`${command}: 0\n`);
  }

  await stage.land({ "refit.yaml": "dashboard: issue\n" });
  await act("plan");
  await act("choose", schedule, { inputs: { candidates: await temporaryFolder() } });
  await act("train", schedule, { inputs: { candidates: path.join(await temporaryFolder(), "candidates") } });
  await act("run");
  await act("status");
  await act("dashboard");
  await act("doctor");
  await act("verify", await stage.newest("pull_request", "opened"));
  await act("promote");
  await stage.hub.person.merge(1);
  await act("promote");
  await stage.land(month(3));
  await act("run");
  // The dashboard is number 2.
  await stage.hub.person.merge(3);
  await act("rollback", schedule, { inputs: { models: "churn" } });

  expect([...tried].sort()).toEqual([...table.keys()].sort());
});
