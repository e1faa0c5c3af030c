import { describe, expect, it } from "vitest";
import { churnScene, month, type Scene } from "./support/scene.ts";

const folder = "models/churn/champion";
const newer = `${folder}/lineage.json (v2) has format 2, and this refit reads formats up to 1.`;

/** v1 is ours and live until a newer refit brings v2. */
async function sceneOfTomorrow(): Promise<Scene> {
  const scene = await churnScene();
  scene.at("2026-06-03T00:00:00Z");
  await scene.run();
  await scene.merge();
  await scene.refit("promote");
  scene.at("2026-06-10T00:00:00Z");
  await scene.land({
    [`${folder}/lineage.json`]: { format: 2, all: "is new" },
    [`${folder}/more.json`]: { is: "new" },
    ...month(3),
  });
  return scene;
}

const refs = (scene: Scene) => scene.git("for-each-ref");

describe("a champion that a newer refit wrote", () => {
  it("is live for whoever looks, and whoever needs to read it says that refit is to be updated", async () => {
    const scene = await sceneOfTomorrow();
    const before = await refs(scene);
    const told = async (name: string, args: string[] = [], flags = {}) => scene.refit(name, args, flags);
    const words = { code: "format-newer", message: newer };

    await expect(scene.run()).rejects.toMatchObject(words);
    await expect(scene.run({ "dry-run": true })).rejects.toMatchObject(words);
    await expect(told("drift", ["churn"])).rejects.toMatchObject(words);
    await expect(told("show", ["churn"])).rejects.toMatchObject({ code: "format-newer" });

    const verified = await told("verify", [], { json: true });
    expect({ ...verified, stdout: JSON.parse(verified.stdout) as unknown }).toMatchObject({
      exitCode: 2,
      stdout: [{ model: "churn", result: "failed", problems: [expect.stringContaining(`format-newer: ${newer}`)] }],
    });

    const promoted = await told("promote", [], { json: true });
    expect(promoted).toMatchObject({ exitCode: 2, notices: [expect.stringContaining(newer)] });
    expect(JSON.parse(promoted.stdout)).toMatchObject([
      { tag: "churn@v1", result: "exists" },
      { tag: "churn@v2", result: "format-newer" },
    ]);

    const status = await told("status", [], { json: true });
    expect(JSON.parse(status.stdout)).toMatchObject([{ state: "live", version: "v2" }]);
    expect(status.notices).toEqual([expect.stringContaining("Update refit")]);
    expect((await told("log", ["churn"])).stdout).toContain("format 2, which needs a newer refit");

    const doctor = JSON.parse((await told("doctor", [], { json: true })).stdout) as object[];
    expect(doctor).toContainEqual(expect.objectContaining({ severity: "error", what: newer }));
    expect(doctor.map((each) => JSON.stringify(each)).join("\n")).not.toContain("does not match its lineage.json");

    expect(await refs(scene)).toBe(before);
    expect((await scene.refit("status", [], {})).stdout).not.toContain("broken");
    const { commonDir } = await (await scene.ports()).git.locate();
    expect(await (await scene.ports()).files.list(`${commonDir}/refit/alerts`)).toEqual([]);
  });

  it("is rolled back as any other, and cannot be what one rolls back to", async () => {
    const scene = await sceneOfTomorrow();
    const live = await scene.git("rev-parse", `HEAD~1:${folder}`);

    await scene.refit("rollback", ["churn"], {});

    expect(await scene.git("rev-parse", `refit-rollback--churn:${folder}`)).toBe(live);
    await scene.merge("merge", "refit-rollback--churn");
    expect((await scene.refit("status")).stdout).toMatch(/^churn +live +v1 /m);
    await expect(scene.refit("rollback", ["churn"], { to: "v2" })).rejects.toMatchObject({
      code: "format-newer",
      message: expect.stringContaining("lineage.json of v2 of churn has format 2"),
    });
  });
});
