import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { run } from "../../src/runs/run.ts";
import { reportText } from "./support/report-text.ts";
import { churnCsv, churnManifest } from "./support/churn.ts";
import { championScene, month, type Scene, type SceneOptions } from "./support/scene.ts";

const onDrift = { retrain: { drift: true, cooldownHours: 24, maxPerWeek: 50 } };

/** The first model is live since 2026-06-01, and it is a month later. */
async function withChampion(options?: SceneOptions): Promise<Scene> {
  const scene = await championScene(options, "squash");
  scene.at("2026-07-01T00:00:00Z");
  return scene;
}

/** A file of 250 rows in which hours are twice as long and everybody complains. */
function driftedFile(seed: number): Record<string, string> {
  const [header, ...rows] = churnCsv({ rows: 250, from: "2026-05-02", seed }).trimEnd().split("\n");
  const moved = rows.map((row) => {
    const [customer, day, plan, hours, complaints, left] = row.split(",");
    return [
      customer,
      day,
      plan,
      hours === "" ? "" : String(20 + 2 * Number(hours)),
      Number(complaints) + 3,
      left,
    ].join();
  });
  return { [`data/churn/drifted-${seed}.csv`]: `${[header, ...moved].join("\n")}\n` };
}

/** The same rows, appended to a file that the champion was built from. */
async function driftedRows(scene: Scene, seed: number): Promise<Record<string, string>> {
  const grown = "data/churn/2026-02.csv";
  const [, ...rows] = Object.values(driftedFile(seed))[0]!.split("\n");
  return { [grown]: `${await scene.git("show", `main:${grown}`)}\n${rows.join("\n")}` };
}

/** Rows like all others column by column; only that long hours and many complaints now come together. */
function recombined(rows: number, seed: number): Record<string, string> {
  const [header, ...lines] = churnCsv({ rows, from: "2026-05-02", seed }).trimEnd().split("\n");
  const cells = lines.map((line) => line.split(","));
  const hours = cells.map((row) => row[3]!).sort((a, b) => Number(a) - Number(b));
  const byComplaints = [...cells].sort((a, b) => Number(a[4]) - Number(b[4]));
  for (const [i, row] of byComplaints.entries()) row[3] = hours[i]!;
  return { [`data/churn/recombined-${seed}.csv`]: `${[header, ...cells.map((row) => row.join())].join("\n")}\n` };
}

/** Runs once more, and counts how often a learner is loaded. */
async function countedLearners(scene: Scene): Promise<{ readonly loads: number }> {
  const real = await scene.ports();
  let loads = 0;
  const get = (name: string) => {
    loads++;
    return real.learners.get(name);
  };
  const ports = { ...real, learners: { ...real.learners, get } };
  const repository = await ports.git.locate();
  await run(ports, repository, { model: "churn", force: null, dryRun: false });
  return { loads };
}

/** The live version with another content of one file, as an older refit would have made it. */
async function rewriteVersion(scene: Scene, file: string, content: string): Promise<void> {
  const folder = "models/churn/champion";
  const lineage = JSON.parse(await scene.git("show", `main:${folder}/lineage.json`));
  const bytes = new TextEncoder().encode(content);
  lineage.files[file] = { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.byteLength };
  await scene.land({ [`${folder}/${file}`]: content, [`${folder}/lineage.json`]: JSON.stringify(lineage) });
}

const ledger = (scene: Scene) => scene.git("show", "refit-ledger:models/churn.jsonl");

describe("drift", () => {
  it("asks for a training when two of three snapshots have drifted", async () => {
    const scene = await withChampion({ spec: onDrift });

    await scene.land(driftedFile(11));
    const first = await scene.run();
    const again = await scene.run();
    scene.at("2026-07-02T00:00:00Z");
    await scene.land(driftedFile(12));
    const second = await scene.run();

    expect(first).toMatchObject({ decision: "skipped", heldBack: { kind: "drift-unconfirmed" } });
    expect(again).toMatchObject({ decision: "skipped", heldBack: { kind: "drift-unconfirmed" } });
    expect((await ledger(scene)).match(/"kind":"drift","model"/g)).toHaveLength(1);
    expect(second).toMatchObject({
      reasons: expect.arrayContaining([{ kind: "drift", feature: "hours", psi: expect.any(Number) }]),
    });
    expect(second.decision).not.toBe("skipped");
  });

  it("is shown by the command, column by column", async () => {
    const scene = await withChampion({ spec: onDrift });
    await scene.land(driftedFile(11));

    const { stdout } = await scene.refit("drift", ["churn"]);
    const { stdout: json } = await scene.refit("drift", ["churn"], { json: true });

    expect(stdout).toMatch(/"hours" +feature +[\d.]+ % +drift .*KS .*[▁-█]/);
    expect(stdout).toMatch(/"left" +target +– +ok/);
    expect(stdout).toContain("The data as a whole have drifted, in ");
    expect(JSON.parse(json)).toMatchObject({
      drifted: true,
      columns: expect.arrayContaining([expect.objectContaining({ column: "plan", status: "ok" })]),
    });
  });

  it("is that of the rows that came, in a file of their own or appended to one", async () => {
    const told = async (landed: (scene: Scene) => Promise<Record<string, string>>) => {
      const scene = await withChampion({ spec: onDrift });
      await scene.land(await landed(scene));
      return JSON.parse((await scene.refit("drift", ["churn"], { json: true })).stdout) as { drifted: boolean };
    };

    const [own, appended] = [await told(async () => driftedFile(11)), await told((scene) => driftedRows(scene, 11))];

    expect(own.drifted).toBe(true);
    expect(appended).toEqual({ ...own, newFiles: ["data/churn/2026-02.csv"] });
  });

  it("is shown for the champion's answers too, which are computed for a new file once", async () => {
    const scene = await withChampion({ spec: { ...onDrift, holdout: { fraction: 0.4, minRows: 50 } } });
    await scene.land(driftedFile(11));

    const { stdout } = await scene.refit("drift", ["churn"]);
    const first = await scene.run();
    const { loads } = await countedLearners(scene);

    expect(stdout).toMatch(/"left" +prediction .*drift /);
    expect(first).toMatchObject({ heldBack: { kind: "drift-unconfirmed" } });
    expect(loads).toBe(0);
  });

  it("of answers cannot be told for a version that keeps none, and nothing else changes", async () => {
    const scene = await withChampion({ spec: onDrift });
    const file = "models/churn/champion/profile.json";
    const { prediction, ...older } = JSON.parse(await scene.git("show", `main:${file}`));
    const columns = older.columns.map(({ importance: _unknown, ...column }: Record<string, unknown>) => column);
    await rewriteVersion(scene, "profile.json", JSON.stringify({ ...older, columns }));
    await scene.land(driftedFile(11));

    const { stdout } = await scene.refit("drift", ["churn"]);

    expect(prediction).toMatchObject({ name: "left", type: "number" });
    expect(stdout).toMatch(
      /"left" +prediction +– +not judged +–[^]*\n"left": the champion's version has no record of it\./,
    );
    expect(stdout).toMatch(/"hours" +feature +– +drift /);
    expect(await scene.run()).toMatchObject({ heldBack: { kind: "drift-unconfirmed" } });
  });

  it("is seen by a classifier where every single column looks the same", async () => {
    const together = { retrain: { ...onDrift.retrain, driftClassifier: true } };
    const scene = await withChampion({ spec: together });
    await scene.land(recombined(600, 3));

    const calm = await scene.refit("drift", ["churn"], { json: true });
    const first = await scene.run();
    scene.at("2026-07-02T00:00:00Z");
    await scene.land(recombined(600, 4));
    const second = await scene.run();

    const told = JSON.parse(calm.stdout);
    expect(told.columns.filter(({ status }: { status: string }) => status === "drift")).toEqual([]);
    expect(told).toMatchObject({ drifted: true, classifier: { status: "drift", rows: 600 } });
    expect(told.classifier.features).toEqual(expect.arrayContaining(["hours", "complaints"]));
    expect(first).toMatchObject({ heldBack: { kind: "drift-unconfirmed" } });
    expect(second).toMatchObject({
      reasons: expect.arrayContaining([
        { kind: "drift-classifier", auc: expect.any(Number), features: expect.any(Array) },
      ]),
    });
    expect(reportText(second)).toContain("A classifier can tell the new rows");
  });

  it("is no matter of a classifier unless it is asked for, and then says what it lacks", async () => {
    const scene = await withChampion({ spec: onDrift });
    await scene.land(month(3));

    const plain = await scene.refit("drift", ["churn"], { json: true });
    const asked = await scene.refit("drift", ["churn"], { classifier: true });

    expect(JSON.parse(plain.stdout).classifier).toBeNull();
    expect(asked.stdout).toContain("A classifier needs 500 rows on each side");
  });

  it("writes nothing while the data are calm", async () => {
    const scene = await withChampion({ spec: onDrift });
    const before = await ledger(scene);
    await scene.land(month(3));

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "skipped", heldBack: { kind: "nothing-due" } });
    expect(await ledger(scene)).toBe(before);
  });
});

/** The rows of a month's file, in which something was changed, one after the other. */
function monthRows(rows: number, change: (cells: string[], i: number) => string[] = (cells) => cells): string[] {
  const [, ...lines] = churnCsv({ rows, from: "2026-03-03", seed: 9 }).trimEnd().split("\n");
  return lines.map((line, i) => change(line.split(","), i).join());
}

describe("the unit of new", () => {
  const grown = "data/churn/2026-02.csv";
  const told = (scene: Scene) => scene.git("show", `main:${grown}`);

  it.each<[what: string, rows: number, factor: number]>([
    ["300 rows that are ten times too high", 300, 10],
    ["150 rows that are a thousand times too high", 150, 1000],
  ])("is the row: %s are refused, appended or in a file of their own", async (_what, count, factor) => {
    const scene = await withChampion();
    const rows = monthRows(count, (cells) => [
      ...cells.slice(0, 3),
      cells[3] === "" ? "" : String(factor * Number(cells[3])),
      ...cells.slice(4),
    ]).join("\n");
    const header = churnCsv({ rows: 1, from: "2026-03-03", seed: 9 }).split("\n")[0]!;
    const before = await told(scene);

    await scene.land({ [grown]: `${before}\n${rows}\n` });
    const appended = await scene.run();
    await scene.land({ [grown]: `${before}\n`, "data/churn/2026-03.csv": `${header}\n${rows}\n` });
    const own = await scene.run();

    for (const [outcome, file] of [
      [appended, grown],
      [own, "data/churn/2026-03.csv"],
    ] as const) {
      const named = expect.objectContaining({ severity: "suspect", column: "hours", file });
      expect(outcome).toMatchObject({ decision: "blocked", findings: expect.arrayContaining([named]) });
    }
  });

  it("is the row: a file that holds the newest rows has new ones, though it is as long as before", async () => {
    const scene = await withChampion();
    const [header, ...rows] = (await told(scene)).trimEnd().split("\n");
    await scene.land({ [grown]: `${[header, ...rows.slice(200), ...monthRows(200)].join("\n")}\n` });

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ reasons: [{ kind: "new-rows", newRows: 200, minNewRows: 150 }] });
    expect(reportText(outcome)).toMatch(/200 rows that are not in the champion's training data: .*200 rows gone/);
  });

  it("is the row: what an export repeats does not count, and is named", async () => {
    const scene = await withChampion();
    const [header, ...rows] = (await told(scene)).trimEnd().split("\n");
    const overlapping = (count: number) => `${[header, ...rows.slice(100), ...monthRows(count)].join("\n")}\n`;

    await scene.land({ "data/churn/2026-03.csv": overlapping(100) });
    expect(await scene.run()).toMatchObject({ decision: "skipped", heldBack: { kind: "nothing-due" } });

    await scene.land({ "data/churn/2026-03.csv": overlapping(160) });
    const outcome = await scene.run();
    expect(outcome).toMatchObject({ reasons: [{ kind: "new-rows", newRows: 160 }] });
    expect(reportText(outcome)).toMatch(/rows-again.*200 of the 360 rows of .* are repeated/);
  });

  it("is told of the champion, where its answers are worse than none though no column has moved", async () => {
    const scene = await withChampion({ spec: { ...onDrift, holdout: { fraction: 0.4, minRows: 50 } } });
    // As many have left as before, but those who never complained.
    const rows = monthRows(300).map((row) => row.split(","));
    const left = rows.filter((cells) => cells.at(-1) === "true").length;
    const calm = [...rows].sort((a, b) => Number(a[4]) - Number(b[4]));
    const joined = calm.map((cells, i) => [...cells.slice(0, -1), String(i < left)].join());
    const header = churnCsv({ rows: 1, from: "2026-03-03", seed: 9 }).split("\n")[0]!;
    await scene.land({ "data/churn/2026-03.csv": `${[header, ...joined].join("\n")}\n` });

    const { stdout } = await scene.refit("drift", ["churn"], { json: true });

    const { findings, columns } = JSON.parse(stdout);
    expect(
      columns.filter(({ role, status }: Record<string, string>) => role !== "prediction" && status === "drift"),
    ).toEqual([]);
    expect(findings).toMatchObject([{ code: "champion-collapse", severity: "warning", column: "left", count: 300 }]);
  });
});

describe("a feed", () => {
  it("that delivers the same file again is refused", async () => {
    const scene = await withChampion();
    const text = await scene.git("show", "main:data/churn/2026-02.csv");
    await scene.land({ "data/churn/2026-03.csv": `${text}\n` });

    expect(await scene.run()).toMatchObject({
      decision: "blocked",
      findings: [{ code: "repeated-file", file: "data/churn/2026-03.csv" }],
    });
  });

  it("that exports the same rows again, packed and in another order, is refused", async () => {
    const sources = [{ path: "data/churn/*.csv" }, { path: "data/churn/*.csv.gz" }];
    const scene = await withChampion();
    const [header, ...rows] = (await scene.git("show", "main:data/churn/2026-02.csv")).trimEnd().split("\n");
    await scene.land({
      "data-manifests/churn.yaml": { ...churnManifest, sources },
      "data/churn/2026-03.csv.gz": gzipSync(`${[header, ...rows.reverse()].join("\n")}\n`),
    });

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "blocked" });
    expect(outcome).toHaveProperty("findings", [
      expect.objectContaining({ code: "repeated-rows", file: "data/churn/2026-03.csv.gz", severity: "error" }),
    ]);
  });

  it("that stopped is told when its last row is too old, though no file is new", async () => {
    const scene = await withChampion({ manifest: { checks: { minRows: 100, maxAgeDays: 150 } } });
    const inTime = await scene.run();
    scene.at("2026-09-01T00:00:00Z");

    const late = await scene.run();

    expect(inTime).toMatchObject({ decision: "skipped", heldBack: { kind: "unchanged" } });
    expect(late).toMatchObject({ decision: "blocked", findings: [{ code: "stale-data" }] });
  });

  it("from the future is refused", async () => {
    const scene = await withChampion();
    await scene.land({ "data/churn/2030-01.csv": churnCsv({ rows: 200, from: "2030-01-01", seed: 30 }) });

    expect(await scene.run()).toMatchObject({
      decision: "blocked",
      findings: [{ code: "future-time", column: "day" }],
    });
  });
});

describe("the champion on newer rows", () => {
  const onPerformance = { retrain: { drift: false, performanceMargin: 0.1, cooldownHours: 2400 } };

  /** A month in which those leave who stayed before. */
  const flipped = (seed: number) =>
    churnCsv({ rows: 300, from: "2026-05-01", seed }).replace(/(true|false)$/gm, (left) => String(left !== "true"));

  it("asks for a training when it has become worse, whatever the cool-down", async () => {
    const scene = await withChampion({ spec: onPerformance });
    await scene.land({ "data/churn/2026-05.csv": flipped(5) });

    const outcome = await scene.run();

    expect(outcome.decision).not.toMatch(/skipped|suppressed/);
    expect(await ledger(scene)).toMatch(/"kind":"performance","metric":"rocAuc"/);
  });

  it("asks for none when it is as good as it was", async () => {
    const scene = await withChampion({ spec: onPerformance });
    await scene.land(month(5));

    expect(await scene.run()).toMatchObject({ decision: "skipped", heldBack: { kind: "nothing-due" } });
  });
});
