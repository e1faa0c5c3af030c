import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { type PostgresServer, startPostgres } from "@refit/testkit/postgres";
import { type ObjectStore, startMoto } from "@refit/testkit/python";
import { startWebServer, type WebServer } from "@refit/testkit/web";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { churnManifest } from "./support/churn.ts";
import {
  april,
  february,
  january,
  keptTexts,
  march,
  mixedScene,
  monthOf,
  type StoredLineage,
  versionFiles,
  withoutPlaces,
} from "./support/mixed-places.ts";
import { churnScene } from "./support/scene.ts";

const [moto, postgres] = await Promise.all([startMoto(), startPostgres()]);
const isHere = moto.store !== null && postgres.server !== null;
const missing = [moto.missing, postgres.missing].filter((each) => each !== "").join("; ");
const store = moto.store as ObjectStore;
const server = postgres.server as PostgresServer;
afterAll(() => moto.store?.close());
afterAll(() => postgres.server?.close());

const [may, june] = [monthOf(5), monthOf(6)] as const;
const commit = "0123456789abcdef0123456789abcdef01234567";

/** A dataset of one file at a commit, as the hub of Hugging Face tells of it. */
async function hubWith(name: string, content: string): Promise<WebServer> {
  const tree = [
    {
      type: "file",
      path: name,
      size: Buffer.byteLength(content),
      oid: "0".repeat(40),
      lfs: { oid: createHash("sha256").update(content).digest("hex") },
    },
  ];
  const hub = await startWebServer(({ path: asked, headers }) => {
    const isList = asked.startsWith(`/api/datasets/acme/churn/tree/${commit}`);
    const status = headers.authorization === "Bearer planted-hub-token" ? 200 : 401;
    return { status, headers: {}, body: Buffer.from(isList ? JSON.stringify(tree) : content) };
  });
  onTestFinished(() => hub.close());
  return hub;
}

/** The rows of a file in a table of the database. */
async function putInTable(csv: string): Promise<void> {
  const rows = csv.trim().split("\n").slice(1);
  const values = rows.map((row) => row.split(",").map((word) => (word === "" ? "NULL" : `'${word}'`)));
  await server.sql(`
    CREATE TABLE stays (customer text, day date, plan text, hours numeric(5, 1), complaints int, "left" boolean);
    INSERT INTO stays VALUES ${values.map((words) => `(${words.join(", ")})`).join(", ")};`);
}

describe.skipIf(!isHere)(`a dataset in every kind of place at once${isHere ? "" : ` (SKIPPED: ${missing})`}`, () => {
  it("makes the same version as the same files in git, under whatever names, is told unchanged, and says nothing secret", async () => {
    const { scene, web, objects } = await mixedScene(store);
    const hub = await hubWith("data/2026-05.csv", may[1]);
    await putInTable(june[1]);
    Object.assign(scene.repository.env, { STAYS: server.address, HF_TOKEN: "planted-hub-token" });
    const manifest = JSON.parse(await scene.git("show", "main:data-manifests/churn.yaml")) as typeof churnManifest;
    const more = [
      {
        path: `hf://datasets/acme/churn@${commit}/data/*.csv`,
        endpoint: hub.origin,
        token: "HF_TOKEN",
        allowPrivate: true,
      },
      {
        path: "postgres:stays",
        query: `SELECT customer, day, plan, hours, complaints, "left" FROM stays`,
        connection: "STAYS",
        cursor: "day",
        interval: "month",
      },
    ];
    scene.at("2026-08-05T03:00:00Z");
    await scene.land({ "data-manifests/churn.yaml": { ...manifest, sources: [...manifest.sources, ...more] } });

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "proposed" });
    const made = await versionFiles(scene, "refit--churn");
    const lineage = JSON.parse(made.get("lineage.json")!) as StoredLineage;
    const places = lineage.data.files.map((file) => /^\w+(?=:)|^\w+/.exec(file.path)![0]);
    expect(places).toEqual(["data", "hf", "http", "pointed", "postgres", "s3"]);
    expect(new Set(lineage.data.files.map(({ sha256 }) => sha256)).size).toBe(6);

    const chunk = lineage.data.files.find((file) => file.path.startsWith("postgres:"))!;
    const committed = await churnScene();
    committed.at(scene.now());
    await committed.git("rm", "-r", "--quiet", "data/churn");
    await committed.land({
      // In another order than the places have.
      "data/a.parquet": await readFile(path.join(scene.root, ".git/refit/cache/content", chunk.sha256)),
      "data/b.csv": february[1],
      "data/c.csv": april[1],
      "data/d.csv": march[1],
      "data/e.csv": may[1],
      "data/f.csv": january[1],
      "data-manifests/churn.yaml": { ...churnManifest, sources: [{ path: "data/*" }] },
    });
    expect(await committed.run()).toMatchObject({ decision: "proposed" });
    const same = await versionFiles(committed, "refit--churn");
    const [here, there] = [made, same].map((each) => new Map([...each].filter(([name]) => name !== "lineage.json")));
    expect(here!.size).toBeGreaterThan(5);
    expect(here).toEqual(there);
    expect(withoutPlaces(made.get("lineage.json")!)).toEqual(withoutPlaces(same.get("lineage.json")!));

    await scene.merge();
    for (const each of [web, objects, hub]) each.requests.length = 0;
    expect(await scene.run()).toMatchObject({ decision: "skipped" });
    expect([web, hub].map(({ requests }) => requests.map(({ method }) => method))).toEqual([["HEAD"], ["GET"]]);
    expect(hub.requests[0]!.path).toContain("/tree/");
    expect(objects.requests.map(({ path: asked }) => asked.includes("list-type=2"))).toEqual([true]);
    expect(await readdir(path.join(scene.root, ".git/refit/cache/content"))).toHaveLength(5);
    const told = [...(await keptTexts(scene)), JSON.stringify(outcome)];
    expect(told.filter((text) => text.includes("planted"))).toEqual([]);
  });
});
