import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { temporaryFolder } from "@refit/testkit";
import { pythonTool } from "@refit/testkit/python";
import { describe, expect, it } from "vitest";
import { nameUuid } from "../../src/runs/show/name-uuid.ts";
import { championScene, type Scene } from "../e2e/support/scene.ts";
import { folder } from "../e2e/support/verify.ts";

const tool = await pythonTool("cyclonedx", ["cyclonedx-python-lib[json-validation]==11.12.0"]);
const skipped = tool.missing === null ? "" : ` (SKIPPED: ${tool.missing})`;
const card = { owner: "Retention", use: "Ranks customers.", limits: "Not for prices." };

const printed = async (scene: Scene, flag: "bom" | "predicate", word = "churn@v1") =>
  (await scene.refit("show", [word], { [flag]: true })).stdout;

describe("refit show --bom", () => {
  it("lists every file, data file and the learner with digests, and the card", async () => {
    const scene = await championScene({ spec: { card } });
    const bom = JSON.parse(await printed(scene, "bom"));

    const { component } = bom.metadata;
    const names = (await scene.git("ls-tree", "-r", "--name-only", `main:${folder}`)).split("\n");
    expect(component.components.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(component.swhid).toEqual([`swh:1:dir:${await scene.git("rev-parse", `main:${folder}`)}`]);
    expect(component.modelCard.considerations).toEqual({ useCases: [card.use], technicalLimitations: [card.limits] });
    const data = bom.components.find(({ type }: { type: string }) => type === "data");
    for (const { name, hashes } of data.components) {
      const text = `${await scene.git("show", `main:${name}`)}\n`;
      expect(hashes).toEqual([{ alg: "SHA-256", content: createHash("sha256").update(text).digest("hex") }]);
    }
    const { holdout } = JSON.parse(await scene.git("show", `main:${folder}/metrics.json`));
    expect(component.modelCard.quantitativeAnalysis.performanceMetrics).toContainEqual({
      type: "rocAuc",
      value: String(holdout.rocAuc),
    });
  });

  it("has the same bytes in another clone, and another serial number for another version", async () => {
    const scene = await championScene();
    const first = await printed(scene, "bom");
    scene.at("2027-01-01T00:00:00Z");
    await scene.git("config", "remote.origin.url", "https://github.com/acme/models");
    expect(await printed(scene, "bom", "churn")).toBe(first);

    const other = await printed(await championScene({ spec: { seed: 8 } }), "bom");
    expect(JSON.parse(other).serialNumber).not.toBe(JSON.parse(first).serialNumber);
  });

  it("refuses a version that is damaged, and two forms at once", async () => {
    const scene = await championScene();
    await expect(scene.refit("show", ["churn"], { bom: true, json: true })).rejects.toMatchObject({ code: "usage" });
    await scene.land({ [`${folder}/metrics.json`]: "{}\n" });
    await expect(printed(scene, "bom", "churn@v2")).rejects.toMatchObject({ code: "version-broken" });
    await expect(printed(scene, "predicate", "churn@v2")).rejects.toMatchObject({ code: "version-broken" });
  });

  it.skipIf(tool.python === null)(`is valid CycloneDX 1.7${skipped}`, async () => {
    const plain = await printed(await championScene(), "bom");
    const told = await printed(await championScene({ spec: { card } }), "bom");
    const wrong = plain.replace('"machine-learning-model"', '"machine"');
    const home = await temporaryFolder();
    const files = [plain, told, wrong].map((_, place) => path.join(home, `${place}.json`));
    await Promise.all([plain, told, wrong].map((text, place) => writeFile(files[place]!, text)));

    const script = fileURLToPath(new URL("validate_bom.py", import.meta.url));
    const { stdout } = await promisify(execFile)(tool.python!, [script, ...files]);

    expect(JSON.parse(stdout)).toEqual([null, null, expect.stringContaining("machine")]);
  });

  it("has serial numbers as RFC 9562 makes them of names", () => {
    // The example of its appendix A.4.
    expect(nameUuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com")).toBe(
      "2ed6657d-e927-568b-95e1-2665a8aea6a2",
    );
  });
});

describe("refit show --predicate", () => {
  it("says how a version was judged, on what, and nothing that differs from clone to clone", async () => {
    const scene = await championScene();
    const predicate = JSON.parse(await printed(scene, "predicate"));

    const read = async (file: string) => JSON.parse(await scene.git("show", `main:${folder}/${file}`));
    const lineage = await read("lineage.json");
    expect(predicate).toMatchObject({
      model: "churn",
      version: "v1",
      treeId: await scene.git("rev-parse", `main:${folder}`),
      holdout: lineage.holdout,
      inputDigest: lineage.inputDigest,
      metrics: await read("metrics.json"),
      evaluation: await read("evaluation.json"),
    });
  });
});
