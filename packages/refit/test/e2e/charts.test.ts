import { readFile } from "node:fs/promises";
import path from "node:path";
import { chartFiles, markdownReport, reportFile } from "@refit/core/report";
import { describe, expect, it } from "vitest";
import { championScene, month } from "./support/scene.ts";

describe("the charts of a report", () => {
  it("stand beside it on the ledger branch and beside the local proposal, and are not in the version", async () => {
    const scene = await championScene();
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));

    const outcome = await scene.run();

    if (outcome.decision !== "proposed" || outcome.kept === null) throw new Error(outcome.decision);
    const { commit, path: file } = outcome.kept;
    const kept = await scene.git("show", `${commit}:${file}`);
    expect(`${kept}\n`).toBe(markdownReport(outcome.report));
    expect(chartFiles(outcome.report).sort()).toEqual([
      "calibration.svg",
      "improvement.svg",
      "pr.svg",
      "roc.svg",
      "versions.svg",
    ]);
    const beside = await scene.git("ls-tree", "--name-only", `${commit}:${path.posix.dirname(file)}`);
    expect(beside.split("\n")).toEqual([
      "calibration.svg",
      "improvement.svg",
      "pr.svg",
      "report.json",
      "report.md",
      "roc.svg",
      "versions.svg",
    ]);
    const value = await scene.git("show", `${commit}:${file.replace(/md$/, "json")}`);
    expect(`${value}\n`).toBe(reportFile(outcome.report));

    const page = await readFile(outcome.url!, "utf8");
    const shown = [...page.matchAll(/^!\[.*\]\((.*\.svg)\)$/gm)].map(([, chart]) => chart!);
    expect(shown).toHaveLength(5);
    for (const chart of shown) {
      const bytes = await readFile(path.join(path.dirname(outcome.url!), chart), "utf8");
      const original = chart.replace(/^churn--/, "");
      expect(bytes).toBe(`${await scene.git("show", `${commit}:${path.posix.dirname(file)}/${original}`)}\n`);
    }
    expect(await scene.git("ls-tree", "-r", "--name-only", "refit--churn")).not.toContain(".svg");
  });

  it("show the numbers of earlier versions as those measured them", async () => {
    const scene = await championScene();
    const metrics = JSON.parse(await scene.git("show", "HEAD:models/churn/champion/metrics.json"));
    scene.at("2026-06-03T00:00:00Z");
    await scene.land(month(3));

    const outcome = await scene.run();

    if (outcome.decision !== "proposed") throw new Error(outcome.decision);
    const page = markdownReport(outcome.report);
    expect(page).toContain(`| v1 | 2026-06-01 | ${metrics.holdout.rocAuc.toFixed(4)} |`);
    expect(page).toMatch(/!\[rocAuc: v1 0\.\d{4}, new 0\.\d{4}\.\]\(versions\.svg\)/);
  });
});
