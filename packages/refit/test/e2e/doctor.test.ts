import { expect, it } from "vitest";
import { churnScene, type Scene } from "./support/scene.ts";

const diagnoses = async (scene: Scene) =>
  (JSON.parse((await scene.refit("doctor", [], { json: true })).stdout) as { severity: string; what: string }[]).map(
    ({ severity, what }) => `${severity}: ${what}`,
  );

it("tells nothing of GitHub in a repository without workflows", async () => {
  const scene = await churnScene();

  expect((await diagnoses(scene)).join("\n")).not.toMatch(/workflow|owns/);
});

it("names what will bite on GitHub, errors first, until it is mended", async () => {
  const scene = await churnScene();
  const workflow = {
    on: { push: {} },
    jobs: { a: { steps: [{ uses: "actions/checkout@v7" }, { uses: "x/refit@v1" }] } },
  };
  await scene.land({ ".github/workflows/a.yml": workflow, ".github/workflows/broken.yml": "a: [" });

  expect(await diagnoses(scene)).toEqual([
    expect.stringContaining("error: .github/workflows/a.yml, job a: actions/checkout fetches one commit"),
    expect.stringContaining("warning: .github/workflows/a.yml, job a: no `permissions`"),
    expect.stringContaining("warning: Nobody owns models/"),
  ]);

  await scene.refit("init", [], { github: true });
  await scene.land({ ".github/workflows/a.yml": { on: { push: {} } }, ".github/CODEOWNERS": "/models/ @team\n" });
  expect(await diagnoses(scene)).toEqual([]);
});

it("names data that are only a pointer in this clone", async () => {
  const scene = await churnScene();
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 1000\n`;
  await scene.land({ "data/churn/2026-03.csv": pointer });

  expect(await diagnoses(scene)).toContainEqual(
    expect.stringContaining("error: data/churn/2026-03.csv is a Git LFS pointer"),
  );
});
