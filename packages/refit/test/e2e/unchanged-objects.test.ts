import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { objectBucket, startWebServer } from "@refit/testkit/web";
import { expect, it, onTestFinished } from "vitest";
import { digestOfInputs } from "../../src/data/input-digests.ts";
import { readSpecs } from "../../src/rooms/read.ts";
import { churnCsv, churnManifest } from "./support/churn.ts";
import { runNotingLibraries } from "./support/cli.ts";
import { churnScene, type Scene } from "./support/scene.ts";
import { folder } from "./support/verify.ts";

const linear = { candidates: [{ learner: "linear" }], retrain: { minNewRows: 150, drift: false } };
const keyOf = (i: number) => `churn/${String(i).padStart(5, "0")}.csv`;
const md5 = (text: string) => createHash("md5").update(text).digest("hex");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** A champion that was made from 60 objects of a bucket, ten rows in each. */
async function liveOnObjects() {
  const [header, ...rows] = churnCsv({ rows: 600, from: "2026-01-01", seed: 1 }).trimEnd().split("\n") as [string];
  const contentOf = (i: number) => [header, ...rows.slice(10 * i, 10 * i + 10), ""].join("\n");
  const objects = new Map(Array.from({ length: 60 }, (_, i) => [keyOf(i), contentOf(i)]));
  const server = await startWebServer(objectBucket("churn", objects));
  onTestFinished(() => server.close());
  const scene = await churnScene({ remote: false, spec: linear });
  await scene.git("rm", "-r", "--quiet", "data/churn");
  const sources = [{ path: "s3://churn/churn/*.csv", endpoint: server.origin, allowPrivate: true }];
  await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, sources } });
  expect(await scene.run()).toMatchObject({ decision: "proposed" });
  await scene.merge();

  /** The built command, in a process that notes what it loads. */
  async function run() {
    server.requests.length = 0;
    const { ended, native } = await runNotingLibraries(scene.repository, [
      "run",
      "churn",
      "--now",
      scene.now(),
      "--json",
    ]);
    const kinds = server.requests.map(({ path: asked }) => (asked.includes("list-type=2") ? "LIST" : "GET"));
    return {
      decision: ended.exitCode === 0 ? (JSON.parse(ended.stdout) as [{ decision: string }])[0].decision : ended.stderr,
      lists: kinds.filter((kind) => kind === "LIST").length,
      gets: kinds.filter((kind) => kind === "GET").length,
      native,
    };
  }
  return { scene, objects, header, run };
}

/** Makes the live version one of as many objects more: to make it by a run would take minutes. */
async function addObjects(scene: Scene, added: ReadonlyMap<string, string>): Promise<void> {
  const file = `${folder}/lineage.json`;
  const lineage = JSON.parse(await readFile(path.join(scene.root, file), "utf8")) as {
    inputDigest: string;
    data: { files: { sha256: string }[]; rows: number };
  };
  const more = [...added].map(([key, content]) => ({
    path: `s3://churn/${key}`,
    sha256: sha256(content),
    bytes: Buffer.byteLength(content),
    rows: 1,
    blob: null,
    version: { etag: `"${md5(content)}"` },
  }));
  const files = [...lineage.data.files, ...more];
  const ports = await scene.ports();
  const repository = await ports.git.locate();
  const specs = await readSpecs(ports, repository, "churn", { workTree: false });
  const { input: inputDigest } = digestOfInputs(ports, specs, { files });
  await scene.land({ [file]: { ...lineage, inputDigest, data: { ...lineage.data, files } } });
}

it("tells 10,000 unchanged objects by ten listings, without a native library, and fetches the one that changed", async () => {
  const { scene, objects, header, run } = await liveOnObjects();
  expect(await run()).toEqual({ decision: "skipped", lists: 1, gets: 0, native: [] });

  const before = objects.get(keyOf(7))!;
  objects.set(keyOf(7), `${header}\nc-new,2026-01-04,basic,3.5,2,true\n`);
  const changed = await run();
  expect(changed).toMatchObject({ decision: "skipped", lists: 1, gets: 1 });
  expect(changed.native).toContain("duckdb.node");
  objects.set(keyOf(7), before);

  const added = new Map(
    Array.from({ length: 9_940 }, (_, i) => [keyOf(60 + i), `${header}\nd${i},2026-01-31,plus,1,0,false\n`]),
  );
  for (const [key, content] of added) objects.set(key, content);
  scene.at("2026-06-02T00:00:00Z");
  await addObjects(scene, added);
  for (const isNewMachine of [false, true]) {
    if (isNewMachine) await rm(path.join(scene.root, ".git/refit"), { recursive: true });
    expect(await run()).toEqual({ decision: "skipped", lists: 10, gets: 0, native: [] });
  }
}, 3_600_000);
