import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type ToldHistory } from "@refit/core/report";
import { toldHistory } from "../../../core/src/report/told-history.ts";
import { describe, expect, it } from "vitest";
import { systemOpener } from "../../src/adapters/opener.ts";
import { churnSpec } from "./support/churn.ts";
import { championScene, month, preparedScene, type Scene } from "./support/scene.ts";

const spec = (gates: object[]) => ({ "models/churn/model.yaml": { ...churnSpec, gates } });
const unattainable = [...churnSpec.gates, { metric: "rocAuc", minImprovement: 0.4 }];

/** v1 is live; then data were refused, a gate said no, the same inputs passed other gates, and a person declined them. */
const eventful = () =>
  preparedScene("churn eventful", async () => {
    const scene = await championScene();
    scene.at("2026-06-03T00:00:00Z");
    await scene.land({ "data/churn/2026-03.csv": "" });
    await scene.run();
    scene.at("2026-06-04T00:00:00Z");
    await scene.land({ ...month(3), ...spec(unattainable) });
    await scene.run();
    scene.at("2026-06-05T00:00:00Z");
    await scene.land(spec([churnSpec.gates[0]!]));
    await scene.run();
    scene.at("2026-06-06T00:00:00Z");
    await scene.refit("reject", ["churn"], { reason: "labels of March look odd" });
    return scene;
  });

const historyOf = async (scene: Scene, args: readonly string[] = []) =>
  JSON.parse((await scene.refit("history", args, { json: true })).stdout) as ToldHistory;

const escaped = (words: string) => words.replace(/["']/g, (character) => `&#${character.charCodeAt(0)};`);

describe("refit history and refit report", () => {
  it("tell every run that judged something, and show the report of each", async () => {
    const scene = await eventful();

    const told = await scene.refit("history", ["churn"]);
    const json = await historyOf(scene, ["churn"]);

    await expect(`${told.stdout}\n`).toMatchFileSnapshot("__snapshots__/history.txt");
    expect(Math.max(...told.stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(toldHistory.parse(json)).toEqual(json);
    expect(json.events.map(({ kind, version, against }) => [kind, version, against])).toEqual([
      ["declined", null, 1],
      ["rejected", null, 1],
      ["blocked", null, 1],
      ["promoted", 1, null],
    ]);
    expect(json.events[0]).toMatchObject({ words: "labels of March look odd", settledAt: "2026-06-06T00:00:00.000Z" });
    expect(json.events[1]!.why.join()).toContain("at least 0.4 is required");
    expect(json.events[2]!.why.join()).toContain("empty-file");
    // Each has a report of its own, also the same inputs with other gates.
    expect(new Set(json.events.map(({ report }) => report?.path)).size).toBe(4);

    const page = path.join(scene.root, "report.html");
    for (const { run, kind, why } of json.events) {
      const { stdout } = await scene.refit("report", [`churn@${kind === "promoted" ? "v1" : run!}`], {
        output: page,
      });
      expect(stdout).toBe(page);
      const html = await readFile(page, "utf8");
      expect(html).toContain("default-src 'none'");
      expect(html).toContain(escaped(why[0] ?? "every gate passed"));
      expect(html.match(/(?:src|href|url)\s*[=(]\s*["']?(?!data:)[a-z]+:/gi)).toBeNull();
      expect(html.includes("data:image/svg+xml,")).toBe(kind !== "blocked");
    }
    const last = await scene.refit("report", ["churn"], { last: true });
    expect(last.stdout).toContain("promote");
    expect(last.stdout).toMatch(/Attention\n +! The requirements are lower than when v1 went live: .*maxRegression/);
    expect((await scene.refit("report", [])).stdout).toContain("there is no champion to compare with");
    expect(last.stdout).not.toMatch(/&#|<code>/);
  });

  it("say in a report what became of its candidate, and no longer how to promote it", async () => {
    const scene = await championScene();
    const ofFirst = async () => (await scene.refit("report", ["churn@v1"])).stdout;
    expect(await ofFirst()).toMatch(/What became of it\n +- Merged: it is v1, which has been live since 2026-06-01\./);
    scene.at("2026-06-05T00:00:00Z");
    await scene.land({ ...month(3), ...spec([churnSpec.gates[0]!]) });
    await scene.run({ force: "newer data" });
    const open = (await scene.refit("report", ["churn"], { last: true })).stdout;
    expect(open).toContain("Promote: merge refit--churn");
    await scene.merge("squash");

    const page = path.join(scene.root, "report.html");
    await scene.refit("report", ["churn@v1"], { output: page });
    const told = [await ofFirst(), await readFile(page, "utf8"), (await scene.refit("report", ["churn@v2"])).stdout];
    expect(told[0]).toMatch(
      /Merged, and replaced since: it is v1; v2 replaced it on 2026-06-05\.\n.*rollback churn --to v1/,
    );
    expect(told[1]).toContain("What became of it");
    expect(told[2]).toContain("Merged: it is v2, which has been live since 2026-06-05.");
    await scene.git("revert", "--no-edit", "HEAD");
    await scene.push();
    expect((await scene.refit("report", ["churn@v2"])).stdout).toContain(
      "Merged, and rolled back: it is v2; on 2026-06-05 v1 became live again.",
    );
    for (const each of [...told, await ofFirst()]) expect(each).not.toMatch(/Promote/);
    // What programs read is what was written then.
    const { stdout } = await scene.refit("report", ["churn@v2"], { json: true });
    expect(stdout).toContain('"text": "Promote"');
  });

  it("say what is missing where there is no ledger, or no such report", async () => {
    const scene = await championScene();
    await expect(scene.refit("report", ["churn@v2"])).rejects.toMatchObject({ code: "version-unknown" });
    await expect(scene.refit("report", ["churn@abcdef12"])).rejects.toMatchObject({ code: "report-missing" });
    await scene.git("update-ref", "-d", "refs/heads/refit-ledger");
    await scene.git("update-ref", "-d", "refs/remotes/origin/refit-ledger");

    const told = await scene.refit("history");

    expect(told.stdout).toBe("2026-06-01  promoted: v1 was merged on 2026-06-01.");
    expect(told.notices.join()).toContain("git fetch origin refit-ledger:refs/remotes/origin/refit-ledger");
    expect(await historyOf(scene)).toMatchObject({ ledger: "missing", events: [{ kind: "promoted", report: null }] });
    await expect(scene.refit("report", ["churn"])).rejects.toMatchObject({
      code: "report-missing",
      hint: expect.stringContaining("git fetch origin"),
    });
  });

  it("open a page with the program of the system, without a shell", async () => {
    const scene = await championScene();
    const bin = path.join(scene.root, "bin");
    await mkdir(bin);
    const calls = path.join(scene.root, "opened");
    await writeFile(
      path.join(bin, "xdg-open"),
      `#!/bin/sh\nprintf '%s|' "$@" > '${calls}.part'\nmv '${calls}.part' '${calls}'\n`,
    );
    await chmod(path.join(bin, "xdg-open"), 0o755);
    const opener = systemOpener({ PATH: `${bin}:/usr/bin:/bin` }, "linux");
    const file = path.join(scene.root, "a $(touch x);'\".html");

    expect(await opener.open(file)).toBe("xdg-open");
    await expect.poll(() => readFile(calls, "utf8").catch(() => null)).toBe(`${file}|`);
    expect(await systemOpener({ PATH: scene.root }, "linux").open(file)).toBeNull();
  });
});
