import path from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { expect, it } from "vitest";
import { runModels } from "../../src/runs/run-models.ts";
import { createPorts } from "../../src/wiring.ts";
import { commandsIn } from "../git/traced.ts";
import { championScene, openScene } from "./support/scene.ts";

/** A run in a clone that no refit has seen, as a workflow has it. @returns its decision, and what git was started for. */
async function freshClone() {
  const scene = await championScene({ remote: true });
  const clone = await scene.repository.clone();
  const trace = path.join(await temporaryFolder(), "trace");
  const env = { ...clone.env, GIT_TRACE: trace };
  const run = async () => {
    const ports = await createPorts({ cwd: clone.root, base: null, now: scene.now(), json: true, push: true, env });
    const request = { force: null, dryRun: false, handedOver: null, parallel: null };
    const [outcome] = await runModels(ports, [], request, () => {});
    return outcome!.decision;
  };
  return { scene, clone, run, started: (command?: string) => commandsIn(trace, command) };
}

it("a run with nothing to do in a fresh clone asks the remote once, and fetches nothing", async () => {
  const { run, started } = await freshClone();

  expect(await run()).toBe("skipped");

  expect(await started("fetch")).toBe(0);
  expect(await started("ls-remote")).toBe(1);
  // As many as it needs today: a process more is noticed.
  expect(await started()).toBeLessThanOrEqual(11);
});

it.each<[what: string, refs: string[]]>([
  ["a commit on the base branch", ["HEAD:main"]],
  ["a branch of refit's", ["main:refit--other"]],
  ["one that is gone", [":refit-ledger"]],
])("fetches where the remote has %s", async (_what, refs) => {
  const { scene, clone, run, started } = await freshClone();
  const other = await openScene(scene.repository);
  await other.git("commit", "--quiet", "--allow-empty", "--message", "More");
  await other.git("push", "--quiet", "origin", ...refs);

  await run();

  expect(await started("fetch")).toBe(1);
  for (const ref of refs) {
    const [id, branch] = ref.split(":") as [string, string];
    const there = await clone.git("for-each-ref", "--format=%(objectname)", `refs/remotes/origin/${branch}`);
    expect(there).toBe(id === "" ? "" : await other.git("rev-parse", id));
  }
});
