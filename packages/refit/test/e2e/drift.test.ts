import { describe, expect, it } from "vitest";
import { churnCsv } from "./support/churn.ts";
import { churnScene, month, type Scene } from "./support/scene.ts";

const onDrift = { retrain: { drift: true, cooldownHours: 24, maxPerWeek: 50 } };

/** The first model is live since 2026-06-01, and it is a month later. */
async function withChampion(options?: Parameters<typeof churnScene>[0]): Promise<Scene> {
  const scene = await churnScene(options);
  await scene.run();
  await scene.merge("squash");
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

    expect(stdout).toMatch(/"hours" +feature +drift .*KS .*[▁-█]/);
    expect(stdout).toMatch(/"left" +target +ok/);
    expect(stdout).toContain("The data have drifted: 2 columns drifted");
    expect(JSON.parse(json)).toMatchObject({
      drifted: true,
      columns: expect.arrayContaining([expect.objectContaining({ column: "plan", status: "ok" })]),
    });
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
