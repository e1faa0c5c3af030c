import { rm } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { BacktestResult } from "@refit/core/backtest";
import type { Outcome } from "../../src/products/outcome.ts";
import { runNotingLibraries } from "./support/cli.ts";
import { makeProposedPictures, picture, pictureScene, proposedPictures, takePictures } from "./support/pictures.ts";
import type { Scene } from "./support/scene.ts";

async function run(scene: Scene): Promise<Outcome> {
  const { stdout } = await scene.refit("run", ["ripeness"], { json: true });
  return (JSON.parse(stdout) as Outcome[])[0]!;
}

const lineageOf = async (scene: Scene, at: string) =>
  JSON.parse(await scene.git("show", `${at}:models/ripeness/champion/lineage.json`)) as {
    inputDigest: string;
    data: { files: { path: string; sha256: string; named: { own: string; files: number; bytes: number } }[] };
  };

describe("the example of docs/files-as-columns.md", () => {
  // Elsewhere a program starts in a moment; here a dozen starts may take as long as a test may.
  beforeAll(makeProposedPictures, 400_000);

  it("is proposed with one digest for all pictures, and made again byte for byte", async () => {
    const scene = await proposedPictures();

    const lineage = await lineageOf(scene, "refit--ripeness");
    const profile = await scene.git("show", "refit--ripeness:models/ripeness/champion/profile.json");
    await scene.git("switch", "--quiet", "--detach", "refit--ripeness");
    const { stdout } = await scene.refit("verify", [], { json: true });

    expect(lineage.data.files).toMatchObject([{ path: "data/0.csv", named: { files: 400, bytes: 400 * 75 } }]);
    expect(lineage.data.files[0]!.named.own).not.toBe(lineage.data.files[0]!.sha256);
    expect(profile).toContain('"max":75,"min":75,"name":"picture"');
    expect(profile).not.toContain(".pgm");
    expect(JSON.parse(stdout)).toMatchObject([{ result: "valid", problems: [] }]);
  });

  it("is trained again when pictures come and one is replaced, which is a correction also on another machine", async () => {
    const scene = await proposedPictures();
    const before = await lineageOf(scene, "refit--ripeness");
    await scene.merge("squash", "refit--ripeness");
    scene.at("2026-06-05T00:00:00Z");
    await takePictures(scene, 400, 500);
    await scene.land({ "data/pictures/5.pgm": picture(200) });
    await rm(path.join(scene.root, ".git", "refit", "cache"), { recursive: true });

    const outcome = await run(scene);

    expect(outcome).toMatchObject({ decision: "proposed" });
    const told = JSON.stringify(outcome);
    expect(told).toMatch(/data\/pictures\/5\.pgm \([0-9a-f]{8}\)/);
    expect(told).toContain("1 row corrected");
    const { files } = (await lineageOf(scene, "refit--ripeness")).data;
    expect(files.map(({ named }) => named.files)).toEqual([400, 100]);
    expect(files[0]!.named.own).toBe(before.data.files[0]!.named.own);
    expect(files[0]!.sha256).not.toBe(before.data.files[0]!.sha256);
  });

  it("has nothing to do on another machine without a native library", async () => {
    const scene = await proposedPictures();
    await scene.merge("squash", "refit--ripeness");
    await rm(path.join(scene.root, ".git", "refit"), { recursive: true });

    const { ended, native } = await runNotingLibraries(scene.repository, ["run", "--now", scene.now(), "--json"]);

    expect(JSON.parse(ended.stdout)).toMatchObject([{ decision: "skipped" }]);
    expect(native).toEqual([]);
  });

  it("is reproduced after a picture was replaced", async () => {
    const scene = await proposedPictures();
    await scene.merge("merge", "refit--ripeness");
    await scene.land({ "data/pictures/5.pgm": picture(200) });

    const { stdout } = await scene.refit("reproduce", ["ripeness"], { json: true });

    expect(JSON.parse(stdout)).toMatchObject({ result: "same" });
  });

  it("is replayed as it would have been lived through", async () => {
    const scene = await pictureScene();
    await takePictures(scene, 0, 270);
    await scene.land();
    const nights = { from: "2026-01-21", to: "2026-01-26", every: "3" };

    const { stdout } = await scene.refit("backtest", ["ripeness"], { ...nights, json: true });

    const result = JSON.parse(stdout) as BacktestResult;
    const lived = result.nights.map(({ rows, lines }) => [rows, lines["today"]!.decision, lines["today"]!.because]);
    expect(lived).toEqual([
      [30, "proposed", ["no-champion"]],
      [20, "skipped", ["nothing-due"]],
    ]);
    expect(result.nights[1]!.lines["today"]!.metrics!["rocAuc"]).toBeGreaterThan(0.7);
  });

  it("says which row names what is not there, outside or not a file, and trains nothing", async () => {
    const scene = await pictureScene();
    await takePictures(scene, 0, 120);
    const rows = ["pictures/none.pgm", "../../etc/passwd", "/etc/passwd"];
    const lines = rows.map((text) => `${text},2026-01-05,true`);
    await scene.land({ "data/odd.csv": `${["picture,day,ripe", ...lines].join("\n")}\n` });

    const outcome = await run(scene);

    expect(outcome).toMatchObject({ decision: "blocked" });
    expect(
      outcome.decision === "blocked" && outcome.findings.map(({ code, line, message }) => [code, line, message]),
    ).toEqual([
      ["file-missing", 2, 'Column "picture" of "data/odd.csv", line 2: "pictures/none.pgm" does not exist.'],
      [
        "file-path",
        3,
        'Column "picture" of "data/odd.csv", line 3: "../../etc/passwd" leaves the repository; 2 rows have such a path.',
      ],
    ]);
  });
});
