import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { churnManifest } from "./support/churn.ts";
import { reportText } from "./support/report-text.ts";
import { championScene, month, type Scene } from "./support/scene.ts";

/** The third month, its hours told in thousandths. */
function otherUnit(): Record<string, string> {
  const [[file, text]] = Object.entries(month(3)) as [[string, string]];
  const rows = text.trimEnd().split("\n");
  const scaled = rows.map((row, i) => {
    const cells = row.split(",");
    if (i > 0 && cells[3] !== "") cells[3] = String(Number(cells[3]) * 1000);
    return cells.join(",");
  });
  return { [file]: `${scaled.join("\n")}\n` };
}

async function promoted(): Promise<Scene> {
  const scene = await championScene({ remote: false });
  scene.at("2026-06-10T00:00:00Z");
  return scene;
}

describe("a suspect", () => {
  it("blocks, trains nothing and raises an alert, until a person accepts it by a commit", async () => {
    const scene = await promoted();
    await scene.land(otherUnit());
    const before = await scene.git("rev-parse", "refit--churn");

    const blocked = await scene.run();
    expect(blocked).toMatchObject({
      decision: "blocked",
      findings: [{ severity: "suspect", code: "unit-change", column: "hours" }],
    });
    expect(blocked).toHaveProperty("alert", expect.stringContaining("churn"));
    const { exitCode, stdout: told } = await scene.refit("run", ["churn"]);
    expect(exitCode).toBe(3);
    expect(told).toContain("docs/reference/findings.md#unit-change");
    expect(told).toContain('- { column: hours, finding: unit-change, reason: "why it is right" }');
    expect(await scene.git("rev-parse", "refit--churn")).toBe(before);

    const [, command = ""] = /or run: refit (accept churn .+) --reason/.exec(told) ?? [];
    const [name = "", ...words] = command.split(" ");
    await scene.refit(name, words, { reason: "the new meter counts milliseconds" });
    expect(await scene.git("status", "--porcelain")).toBe(" M data-manifests/churn.yaml");
    await scene.land();
    const accepted = await scene.run();
    expect(["proposed", "inconclusive"]).toContain(accepted.decision);
    const commit = (await scene.git("rev-parse", "HEAD")).slice(0, 10);
    const author = await scene.git("log", "-1", "--format=%an");
    expect(reportText(accepted)).toContain(`2026-06-10, ${commit})`);
    expect(reportText(accepted)).toContain("the new meter counts milliseconds");
    const { stdout } = await scene.refit("drift", ["churn"]);
    expect(stdout).toMatch(new RegExp(`warning unit-change.*milliseconds" \\("${author}", 2026-06-10, ${commit}\\)`));
    expect(await scene.git("rev-parse", "refit--churn")).not.toBe(before);
  });

  it("that blocks again and again says how long the live model has learned nothing, and status says it too, until it is over", async () => {
    const checks = { ...churnManifest.checks, escalateAfter: 2 };
    const scene = await championScene({ remote: false, manifest: { checks } });
    scene.at("2026-06-10T00:00:00Z");
    await scene.land(otherUnit());
    const alertOf = async () => readFile(((await scene.run()) as { alert: string }).alert, "utf8");
    expect(await alertOf()).not.toContain("in a row");
    // The same data once more are no second block.
    expect(await alertOf()).not.toContain("in a row");

    scene.at("2026-06-12T00:00:00Z");
    await scene.land({ ...otherUnit(), ...month(4) });
    expect(await alertOf()).toMatch(/2 runs in a row were blocked, since 2026-06-10.*600 newer rows wait/);
    const [status] = JSON.parse((await scene.refit("status", [], { json: true })).stdout);
    expect(status).toMatchObject({
      attention: [{ kind: "blocked", runs: 2, since: new Date("2026-06-10T00:00:00Z").toISOString() }],
      learnedDaysAgo: expect.any(Number),
    });

    await scene.git("rm", "--quiet", "data/churn/2026-03.csv", "data/churn/2026-04.csv");
    await scene.land();
    await scene.run();
    expect((await scene.refit("status")).stdout).not.toContain("blocked");
  });

  it("about a column that the champion does not use is a warning", async () => {
    const scene = await promoted();
    const [[file, text]] = Object.entries(month(3)) as [[string, string]];
    await scene.land({ [file]: text.replaceAll(/^c\d+-\d+,/gm, "unknown,") });

    expect((await scene.run()).decision).not.toBe("blocked");
  });

  it("that is found while files are read is found again by the next run", async () => {
    const fields = churnManifest.schema.fields.filter(({ name }) => name !== "plan");
    const scene = await championScene({ remote: false, manifest: { schema: { fields } } });
    scene.at("2026-06-10T00:00:00Z");
    const [[file, text]] = Object.entries(month(3)) as [[string, string]];
    const without = text.replace(/^([^,\n]*,[^,\n]*),[^,\n]*/gm, "$1");
    await scene.land({ [file]: without });

    const gone = { decision: "blocked", findings: [{ code: "gone-column", severity: "suspect", column: "plan" }] };
    expect(await scene.run()).toMatchObject(gone);
    expect(await scene.run()).toMatchObject(gone);
  });
});
