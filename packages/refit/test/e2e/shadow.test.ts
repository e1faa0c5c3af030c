import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { ShadowAnswer } from "@refit/core/report";
import type { Flags } from "../../src/commands/command.ts";
import { askedRows, logAnswers, logTexts, servedVersion } from "./support/logged.ts";
import { championScene, month, preparedScene, type Scene } from "./support/scene.ts";

/** A champion, and a proposal that has learned from a month more. */
const openProposalScene = (manifest: object = {}) =>
  preparedScene(`churn shadow ${JSON.stringify(manifest)}`, async () => {
    const scene = await championScene({ manifest });
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    return scene;
  });

const shadowOf = async (scene: Scene, flags: Flags = {}) =>
  JSON.parse((await scene.refit("shadow", ["churn"], { ...flags, json: true })).stdout) as ShadowAnswer;

const pageOf = async (scene: Scene) => readFile(path.join(scene.root, ".git/refit/proposals/churn.md"), "utf8");

describe("refit shadow", () => {
  it("asks the proposal what the champion was asked, and shows it below the report once", async () => {
    const scene = await openProposalScene();
    const [champion, proposal] = [await servedVersion(scene, "main"), await servedVersion(scene, "refit--churn")];
    const rows = askedRows(400);
    await logAnswers(scene, champion, rows);
    const [before, now] = [await champion.predictMany(rows), await proposal.predictMany(rows)];
    const flipped = before.answers.map(
      (answer, i) => answer.kind === "class" && answer.class !== (now.answers[i] as typeof answer).class,
    );

    const first = await shadowOf(scene);

    expect(first).toMatchObject({
      champion: { label: "v1", treeId: champion.treeId },
      challenger: { label: "proposal", treeId: proposal.treeId },
      log: { rows: 400, from: "2026-06-01T09:30:00.000Z", damaged: 0, repeated: 0, unreadable: 0 },
      exact: 400,
      missing: [],
      skew: { rows: 400, differing: 0, largest: 0 },
      whyNot: null,
      missingSlices: [],
      shown: "created",
    });
    const { decisions, scores, slices } = first.compared!;
    expect(decisions!.agreed).toBe(400 - flipped.filter(Boolean).length);
    expect(decisions!.agreed).toBeLessThan(400);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(scores.champion).toBeCloseTo(mean(before.values), 12);
    expect(scores.challenger).toBeCloseTo(mean(now.values), 12);
    for (const { value, rows: size, flipped: count } of slices) {
      const isOf = (i: number) => rows[i]!.plan === value;
      expect([size, count]).toEqual([
        rows.filter((_, i) => isOf(i)).length,
        flipped.filter((each, i) => each && isOf(i)).length,
      ]);
    }
    expect(slices.map(({ value }) => value).sort()).toEqual(["basic", "plus", "pro"]);
    const page = await pageOf(scene);
    expect(page).toContain("### Shadow: logged predictions, replayed\nThe proposal decides otherwise than v1 in");

    expect((await shadowOf(scene)).shown).toBe("unchanged");
    expect(await scene.run()).toMatchObject({ decision: "skipped" });
    expect(await pageOf(scene)).toBe(page);

    await logAnswers(scene, champion, askedRows(50, 10), { at: "2026-06-01T10:30:00Z" });
    expect((await shadowOf(scene)).shown).toBe("updated");
    expect((await pageOf(scene)).match(/### Shadow/g)).toHaveLength(1);
    expect(await shadowOf(scene, { rows: "50", "dry-run": true })).toMatchObject({
      shown: null,
      log: { rows: 50, files: 1 },
    });
    expect(await scene.git("status", "--porcelain")).toBe("");
  });

  it("answers alike before and after `refit monitor` has compacted the log, and while a copy of a line is left", async () => {
    const scene = await openProposalScene();
    const champion = await servedVersion(scene, "main");
    await logAnswers(scene, champion, askedRows(60), { at: "2026-05-31T09:30:00Z" });
    await logAnswers(scene, champion, askedRows(80, 10));
    await logAnswers(scene, champion, askedRows(70, 11), { at: "2026-06-01T10:30:00Z" });
    scene.at("2026-06-03T00:00:30Z");
    // The last hour is still written to.
    await logAnswers(scene, champion, askedRows(50, 12), { at: "2026-06-02T23:30:00Z" });
    const [[copied, text]] = [...(await logTexts(scene))] as [[string, string]];
    const flags = [{}, { rows: "180" }, { rows: "100" }].map((one) => ({ ...one, "dry-run": true }));
    const found = async () => {
      const all = [];
      for (const one of flags) {
        const { log, latency, ...same } = await shadowOf(scene, one);
        all.push({ ...same, log: { ...log, files: 0 }, timed: latency?.rows });
      }
      return all;
    };
    const before = await found();
    expect(before.map(({ log }) => log.rows)).toEqual([260, 180, 100]);
    expect((await shadowOf(scene)).shown).toBe("created");

    await scene.refit("monitor", ["churn"], { log: "predictions" });

    const names = await readdir(path.join(scene.root, "predictions", "churn"));
    expect(names.map((name) => name.replace(/-[0-9a-f]{8,}/, "")).sort()).toEqual([
      "2026-05-31.parquet",
      "2026-06-01.parquet",
      "2026-06-02T23Z.jsonl",
    ]);
    expect(await found()).toEqual(before);
    // Nothing but where the lines lie is new.
    expect((await shadowOf(scene)).shown).toBe("unchanged");
    await scene.write(copied, text);
    expect(await found()).toEqual(before);
  });

  it("says which inputs the log leaves out as sensitive, and tells no value of them", async () => {
    const scene = await openProposalScene({ sensitive: ["hours", "plan"] });
    const champion = await servedVersion(scene, "main");
    await logAnswers(scene, champion, askedRows(300), { omit: ["hours", "plan"] });

    const found = await shadowOf(scene);

    expect(found).toMatchObject({
      exact: 0,
      missing: [
        { column: "hours", rows: 300, sensitive: true },
        { column: "plan", rows: 300, sensitive: true },
      ],
      skew: null,
      compared: { rows: 300, exactly: false, slices: [] },
      missingSlices: ["plan"],
      shown: "created",
    });
    const said = JSON.stringify(found) + (await pageOf(scene)).split("### Shadow")[1]!;
    expect(said).not.toMatch(/basic|plus|\bpro\b/);
    expect(said).toContain("rough guide");
  });

  it("compares exactly replayed rows only, where there are enough", async () => {
    const scene = await openProposalScene();
    const champion = await servedVersion(scene, "main");
    await logAnswers(scene, champion, askedRows(150));
    await logAnswers(scene, champion, askedRows(60, 11), { omit: ["hours"], at: "2026-06-01T10:30:00Z" });

    expect(await shadowOf(scene)).toMatchObject({
      exact: 150,
      missing: [{ column: "hours", rows: 60, sensitive: false }],
      compared: { rows: 150, exactly: true },
      skew: { rows: 150, differing: 0 },
    });
  });

  it("tells a served answer that the champion does not give, and leaves out rows that nobody can read", async () => {
    const scene = await openProposalScene();
    const champion = await servedVersion(scene, "main");
    await logAnswers(scene, champion, askedRows(200));
    for (const [file, text] of await logTexts(scene)) {
      const lines = text.trimEnd().split("\n");
      const changed = lines.map((line, i) => {
        const logged = JSON.parse(line) as { input: object; prediction: { probabilities: number[] } };
        if (i < 20) logged.prediction.probabilities = [0.5, 0.5];
        if (i >= 190) logged.input = { ...logged.input, complaints: "many" };
        return JSON.stringify(logged);
      });
      await scene.write(file, `${changed.join("\n")}\n{"format":1,"id":"to`);
    }

    const found = await shadowOf(scene);

    expect(found).toMatchObject({
      exact: 190,
      log: { damaged: 1, unreadable: 10 },
      skew: { rows: 190, differing: 20 },
    });
    expect(found.skew!.largest).toBeGreaterThan(0.01);
    expect(await pageOf(scene)).toContain("v1 gives another answer now to 20 rows of the 190 that it answered");
  });

  it("replays a named version, and writes nothing then", async () => {
    const scene = await championScene();
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));
    await scene.run();
    await scene.merge();
    await logAnswers(scene, await servedVersion(scene, "main"), askedRows(200), { folder: "answers" });

    expect(await shadowOf(scene, { version: "v1", log: "answers" })).toMatchObject({
      champion: { label: "v2" },
      challenger: { label: "v1" },
      compared: { rows: 200 },
      skew: { differing: 0 },
      shown: null,
    });
    expect(await shadowOf(scene, { version: "v2", log: "answers" })).toMatchObject({
      compared: null,
      whyNot: "v2 and v2 are the same.",
    });
  });

  it("says why nothing can be compared", async () => {
    const live = await championScene();
    expect(await shadowOf(live)).toMatchObject({
      challenger: null,
      whyNot: expect.stringContaining("no open proposal"),
    });

    const scene = await openProposalScene();
    const empty = await scene.refit("shadow", ["churn"]);
    expect(empty).toMatchObject({
      exitCode: 0,
      stdout: "churn: nothing was compared. The log has no prediction of this model.",
    });
    await logAnswers(scene, await servedVersion(scene, "main"), askedRows(20));
    await scene.refit("shadow", ["churn"]);
    const page = await pageOf(scene);
    await rm(path.join(scene.root, "predictions"), { recursive: true });
    await scene.refit("shadow", ["churn"]);
    // What was found stays: a log that is not reachable today says nothing against it.
    expect(await pageOf(scene)).toBe(page);
    await expect(scene.refit("shadow", ["churn"], { rows: "0" })).rejects.toThrow("not a whole number");
    await expect(scene.refit("shadow")).rejects.toThrow("shadow needs one model");
  });
});
