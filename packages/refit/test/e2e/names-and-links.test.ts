import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { createRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Outcome } from "../../src/products/outcome.ts";
import { churnCsv } from "./support/churn.ts";
import { churnScene, openScene, type Scene } from "./support/scene.ts";

const rows = churnCsv({ rows: 600, from: "2026-01-01", seed: 1 });

async function sceneOf(files: Readonly<Record<string, string>>): Promise<Scene> {
  const repository = await createRepository();
  onTestFinished(() => repository.dispose());
  const scene = await openScene(repository);
  await scene.land(files);
  return scene;
}

describe("the name of a column, as people see it, is enough", () => {
  it.each<[what: string, written: string]>([
    ["a blank before it", " left"],
    ["a blank behind it", "left "],
    ["a blank that does not break", "\u00A0left"],
    ["a tab", "left\t"],
    ["a blank of no width", "left\u200B"],
    ["a byte order mark in the middle of a line", "\uFEFFleft"],
    ["a soft hyphen", "left\u00AD"],
    ["quotes around a blank", '" left "'],
  ])("though the header has %s", async (_what, written) => {
    const scene = await sceneOf({ "d.csv": rows.replace(/\bleft\b/u, written) });

    await scene.refit("init", [], { data: "d.csv", target: "left" });
    await scene.land();

    const [outcome] = JSON.parse((await scene.refit("run", [], { json: true })).stdout) as Outcome[];
    expect(outcome).toMatchObject({ decision: "proposed" });
    expect(await scene.git("show", "HEAD:models/d/model.yaml")).toContain("target: left\n");
  });
});

describe("a link in place of data is told by init, before run refuses it", () => {
  it.each<[what: string, data: string, make: (root: string) => Promise<void>, told: RegExp]>([
    [
      "to a file",
      "d.csv",
      async (root) => symlink("store/a.csv", path.join(root, "d.csv")),
      /"d\.csv" is a symbolic link, which a commit keeps as a link; name what it leads to, "store\/a\.csv"/,
    ],
    [
      "to a folder above the file",
      "data/a.csv",
      async (root) => symlink("store", path.join(root, "data")),
      /"data" is a symbolic link, which a commit keeps as a link; name what it leads to, "store"/,
    ],
    [
      "by two steps",
      "d.csv",
      async (root) => {
        await symlink("store/a.csv", path.join(root, "b.csv"));
        await symlink("b.csv", path.join(root, "d.csv"));
      },
      /name what it leads to, "store\/a\.csv"/,
    ],
    [
      "to nothing",
      "d.csv",
      async (root) => symlink("gone.csv", path.join(root, "d.csv")),
      /"d\.csv" is a symbolic link/,
    ],
    [
      "to itself",
      "d.csv",
      async (root) => symlink("d.csv", path.join(root, "d.csv")),
      /"d\.csv" is a symbolic link that leads back to itself/,
    ],
    [
      "out of the repository",
      "d.csv",
      async (root) => {
        await writeFile(path.join(root, "../out.csv"), rows);
        await symlink("../out.csv", path.join(root, "d.csv"));
      },
      /leads out of the repository/,
    ],
    [
      "among the files of a glob",
      "data/*.csv",
      async (root) => {
        await mkdir(path.join(root, "data"));
        await writeFile(path.join(root, "data/a.csv"), rows);
        await symlink("a.csv", path.join(root, "data/b.csv"));
      },
      /"data\/b\.csv" is a symbolic link/,
    ],
  ])("%s", async (_what, data, make, told) => {
    const scene = await sceneOf({ "store/a.csv": rows });
    await make(scene.root);
    const before = await scene.git("status", "--porcelain");

    await expect(scene.refit("init", [], { model: "d", data, target: "left" })).rejects.toMatchObject({
      name: "RefitError",
      message: expect.stringMatching(told) as string,
    });

    expect(await scene.git("status", "--porcelain")).toBe(before);
  });
});

describe("a sparse checkout has the version of a whole one", () => {
  it.each<[what: string, ...args: string[]]>([
    ["without the data", "--cone", "models"],
    ["without the models", "--cone", "data"],
    ["with the root alone", "--cone", "nothing"],
    ["by patterns, without the data", "--no-cone", "/*", "!/data"],
    ["by patterns, without the manifests", "--no-cone", "/*", "!/data-manifests"],
    ["with a sparse index", "--sparse-index", "--cone", "models"],
  ])("%s", async (_what, ...args) => {
    const whole = await churnScene();
    await whole.run();
    const scene = await churnScene();
    await scene.git("status"); // a copy; git leaves files where it cannot tell that nobody changed them
    await scene.git("sparse-checkout", "set", ...args);

    expect(await scene.run()).toMatchObject({ decision: "proposed" });

    const version = "refit--churn:models/churn/champion";
    expect(await scene.git("rev-parse", version)).toBe(await whole.git("rev-parse", version));
    expect(await scene.git("status", "--porcelain")).toBe("");
  });
});
