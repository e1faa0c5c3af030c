import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { type ObjectStore, startMoto } from "@refit/testkit/python";
import { forwardTo, startWebServer, type WebRequest } from "@refit/testkit/web";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { endStateOf } from "./support/aftermath.ts";
import { churnCsv, churnManifest } from "./support/churn.ts";
import { churnScene } from "./support/scene.ts";

const bin = path.resolve(import.meta.dirname, "../../bin/refit.cjs");
const { store: started, missing } = await startMoto();
const store = started as ObjectStore;
afterAll(() => started?.close());

const isDownload = ({ path: asked }: WebRequest) => !asked.includes("list-type=2");

/** A model of 200 objects in a bucket, three rows in each, that nobody has fetched. */
async function bucketScene() {
  const [header, ...rows] = churnCsv({ rows: 600, from: "2026-01-01", seed: 1 }).trimEnd().split("\n") as [string];
  await store.createBucket("killed", { isVersioned: true });
  for (let i = 0; i < 200; i++)
    await store.put("killed", `in/${1000 + i}.csv`, [header, ...rows.slice(3 * i, 3 * i + 3), ""].join("\n"));
  const server = await startWebServer(forwardTo(store.origin));
  onTestFinished(() => server.close());
  const scene = await churnScene({ remote: false, spec: { candidates: [{ learner: "linear" }] } });
  Object.assign(scene.repository.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "planted-secret-key" });
  await scene.git("rm", "-r", "--quiet", "data/churn");
  const sources = [{ path: "s3://killed/in/*.csv", endpoint: server.origin, allowPrivate: true }];
  await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, sources } });
  return { scene, server };
}

describe.skipIf(started === null)(
  `a run that is killed while it fetches${started === null ? ` (SKIPPED: ${missing})` : ""}`,
  () => {
    it("goes on with the objects that are not here yet, and ends as if nothing had happened", async () => {
      const { scene, server } = await bucketScene();
      const restore = scene.repository.snapshot();
      expect(await scene.run()).toMatchObject({ decision: "proposed" });
      const whole = await endStateOf(scene.repository);
      await restore();

      let asked = 0;
      const child = spawn(process.execPath, [bin, "run", "churn", "--now", scene.now()], {
        cwd: scene.root,
        env: scene.repository.env,
        stdio: "ignore",
      });
      server.fault = (request) => {
        if (isDownload(request) && ++asked === 90) child.kill("SIGKILL");
        return null;
      };
      expect(await new Promise((resolve) => void child.once("exit", (_, signal) => resolve(signal)))).toBe("SIGKILL");
      const kept = await readdir(path.join(scene.root, ".git/refit/cache/content"));
      const whatIsWhole = kept.filter((name) => /^[0-9a-f]{64}$/.test(name));
      expect(whatIsWhole.length).toBeGreaterThan(50);
      server.requests.length = 0;

      expect(await scene.run()).toMatchObject({ decision: "proposed" });

      const again = server.requests.filter(isDownload).length;
      expect(again).toBeLessThanOrEqual(200 - whatIsWhole.length + 16); // what was whole, and not noted yet
      expect(again).toBeGreaterThanOrEqual(200 - whatIsWhole.length);
      expect(await endStateOf(scene.repository)).toEqual(whole);
      const now = await readdir(path.join(scene.root, ".git/refit/cache/content"));
      expect(now.filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
    });
  },
);
