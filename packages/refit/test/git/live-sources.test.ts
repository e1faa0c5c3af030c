import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryFolder } from "@refit/testkit";
import { expect, it } from "vitest";
import { liveSources } from "../../src/runs/serve/live-sources.ts";
import { createPorts } from "../../src/wiring.ts";
import { championScene } from "../e2e/support/scene.ts";
import { commandsIn } from "./traced.ts";

const names = Array.from({ length: 20 }, (_, i) => `model-${i}`);

it("a look at 20 models takes as few git processes as one at a single model", async () => {
  const { root, repository, git } = await championScene({ remote: false });
  const folder = join(root, "models/churn/champion");
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());
  for (const file of files) {
    const place = join(file.parentPath, file.name);
    const bytes = await readFile(place);
    for (const name of names) await repository.write(place.slice(root.length + 1).replace("churn", name), bytes);
  }
  await repository.commit("20 models");
  const trace = join(await temporaryFolder(), "trace");
  const env = { ...repository.env, GIT_TRACE: trace };
  const ports = await createPorts({ cwd: root, base: null, now: null, json: true, env });
  const sources = liveSources(ports, names);
  const look = async () => {
    await writeFile(trace, "");
    const found = await Promise.all(sources.map(({ find }) => find()));
    return {
      found: found.map(({ treeId, version, stale }) => ({ treeId, version, stale })),
      processes: await commandsIn(trace),
    };
  };

  const first = await look();
  const treeId = await git("rev-parse", "main:models/churn/champion");
  expect(first.found).toEqual(names.map(() => ({ treeId, version: "v1", stale: null })));
  expect(await look()).toEqual({ ...first, processes: 1 });

  await repository.commit("something else");
  const moved = await look();
  expect(moved.found).toEqual(first.found);
  expect(moved.processes).toBeLessThanOrEqual(3);

  await repository.write("models/model-7/champion/features.json", "{}\n");
  await repository.commit("one is damaged");
  const damaged = await look();
  expect(damaged.found.filter(({ stale }) => stale !== null)).toEqual([
    { treeId, version: "v1", stale: "The folder on main is damaged; the last valid version answers." },
  ]);
  expect(damaged.processes).toBeLessThanOrEqual(8);

  await repository.git("reset", "--quiet", "--hard", "HEAD~1");
  expect((await look()).found).toEqual(first.found);
});
