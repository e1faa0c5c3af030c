import { cp, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { createRepository } from "@refit/testkit";
import { expect, it, onTestFinished } from "vitest";
import { openScene } from "./support/scene.ts";

const example = fileURLToPath(new URL("../../../../examples/monorepo/", import.meta.url));

/** The minute comes from the name of the folder, and the first line has a digest of all. */
const ofAnyFolder = (workflow: string) => workflow.replace(/^#.*/, "").replace(/cron: "\d+ /, 'cron: "N ');

it("examples/monorepo has specs that hold, the files that init writes, and a feature library that retrains its model alone", async () => {
  const repository = await createRepository();
  onTestFinished(() => repository.dispose());
  await cp(example, repository.root, { recursive: true });
  await repository.commit("Three models");
  const scene = await openScene(repository);
  const read = (file: string) => readFile(path.join(repository.root, file), "utf8");

  const check = await scene.refit("check");
  expect(check.stdout.split("\n").filter((line) => / rows prepared, \d+ columns become features\./.test(line))).toEqual(
    [
      expect.stringMatching(/^apps\/planner\/heat: 1460 rows/),
      expect.stringMatching(/^late-flights: 2000 rows/),
      expect.stringMatching(/^rain: 1460 rows/),
    ],
  );
  expect(check.exitCode).toBe(0);

  const files = [".github/workflows/refit.yml", ".gitattributes"];
  const before = await Promise.all(files.map(read));
  const [versions, data] = [/^.*champion.*\n/gm, "data/** -text\n"];
  await rm(path.join(repository.root, files[0]!));
  await repository.write(files[1]!, data);
  await scene.refit("init", [], { github: true, workflow: "nx", action: "OWNER/refit@v1" });
  const after = await Promise.all(files.map(read));
  expect(ofAnyFolder(after[0]!)).toBe(ofAnyFolder(before[0]!));
  expect(after[1]!.match(versions)!.toSorted()).toEqual(before[1]!.match(versions)!.toSorted());

  await repository.write("packages/weather-features/src/index.ts", "export {};\n");
  await repository.commit("Another library");
  const { stdout } = await scene.refit("affected", [], { base: "HEAD~1", json: true });
  const { models } = JSON.parse(stdout) as {
    readonly models: readonly { readonly model: string; readonly effect: string }[];
  };
  expect(models.filter(({ effect }) => effect !== "none").map(({ model, effect }) => [model, effect])).toEqual([
    ["apps/planner/heat", "retrain"],
  ]);
});
