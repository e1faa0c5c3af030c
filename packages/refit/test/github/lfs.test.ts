import { spawnSync } from "node:child_process";
import { rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { month } from "../e2e/support/scene.ts";
import { hubScene } from "./support/hub-scene.ts";

const installed = spawnSync("git", ["lfs", "version"]).status === 0;
if (!installed) process.stderr.write("SKIPPED: git-lfs is not installed, so models in Git LFS were not tested.\n");

/** A private repository that keeps artifacts in Git LFS, with v1 live and data for another version. */
async function privateScene() {
  const world = await hubScene({ spec: { publish: ["release"] }, settings: { private: true } });
  const { hub, scene, run, pull } = world;
  await scene.land({
    ".gitattributes":
      "models/*/champion/** -text -merge\nmodels/*/champion/artifact/** filter=lfs -text\ndata/** -text\n",
  });
  expect(await run()).toMatchObject({ decision: "proposed" });
  await hub.person.merge(1);
  scene.at("2026-06-05T00:00:00Z");
  await pull();
  await scene.land(month(3));
  return world;
}

const lfsCalls = (hub: { requests: readonly { path: string; actor: string | null; status: number }[] }) =>
  hub.requests.filter(({ path: at }) => at.includes("/lfs/"));

describe.skipIf(!installed)("a model in Git LFS on GitHub", () => {
  it("is uploaded, read back and released with the token of refit, though checkout has left another", async () => {
    const { hub, run, refit } = await privateScene();
    const env = { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: `http.${hub.url}/.extraheader` };
    const left = { ...env, GIT_CONFIG_VALUE_0: hub.authHeader(hub.tokens.stranger) };

    expect(await run({}, { env: left })).toMatchObject({ decision: "proposed", evidence: expect.anything() });
    await refit("promote", [], {}, { env: left });

    const [release] = hub.rows.releases;
    const model = release!.assets.find(({ name }) => name === "artifact--model.json");
    expect(JSON.parse(Buffer.from(model!.bytes).toString())).toMatchObject({ format: expect.anything() });
    const calls = lfsCalls(hub);
    expect(new Set(calls.map(({ actor }) => actor))).toEqual(new Set(["github-actions[bot]"]));
    expect(calls.filter(({ status }) => status >= 400)).toEqual([]);
    expect(hub.unknownRoutes).toEqual([]);
  });

  it("whose object is gone from the server ends the run with the way out, and nothing half done", async () => {
    const { hub, run, ledger } = await privateScene();
    await rm(path.join(hub.bareRepository, "lfs-objects"), { recursive: true });

    await expect(run()).rejects.toMatchObject({ code: "lfs-object-missing" });

    expect(hub.rows.issues).toHaveLength(1);
    expect(await ledger()).toEqual(["look", "proposed"]);
  });
});
