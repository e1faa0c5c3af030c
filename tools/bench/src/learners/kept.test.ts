import { appendFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder } from "@refit/testkit/folders";
import { expect, it } from "vitest";
import { digestOf, keptTrainings, type Asked } from "./kept.ts";

const asked: Asked = {
  set: "a",
  rows: "1f",
  seed: 1,
  contestant: "ours",
  by: "2e",
  threads: 1,
  machine: "2 × here",
};
const done = { value: 0.5, cpuSeconds: 1, wallSeconds: 2, peakMiB: 100, at: "2026-11-29T23:00:00.000Z" };

it("finds what another run wrote, and the newest of two", async () => {
  const file = path.join(await temporaryFolder(), "kept/learners.jsonl");
  expect(keptTrainings(file).find(asked)).toBeUndefined();

  keptTrainings(file).add(asked, done);
  keptTrainings(file).add(asked, { ...done, value: 0.6 });

  expect(keptTrainings(file).find(asked)).toMatchObject({ ...done, value: 0.6 });
});

it.each<Partial<Asked>>([
  { set: "b" },
  { rows: "1e" },
  { seed: 2 },
  { contestant: "peer" },
  { by: "2f" },
  { threads: 2 },
  { machine: "2 × there" },
])("takes nothing for what has another %o", async (other) => {
  const kept = keptTrainings(path.join(await temporaryFolder(), "learners.jsonl"));
  kept.add(asked, done);

  expect(kept.find({ ...asked, ...other })).toBeUndefined();
});

it("reads past a line that was cut off", async () => {
  const file = path.join(await temporaryFolder(), "learners.jsonl");
  const kept = keptTrainings(file);
  kept.add(asked, done);
  await appendFile(file, '{"set":"a","seed":2,"val');

  expect(kept.find(asked)).toMatchObject(done);
  kept.add({ ...asked, seed: 3 }, done);
  expect(kept.find({ ...asked, seed: 3 })).toMatchObject(done);
});

it("tells code apart by what trains, not by its tests", async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, "trees"));
  await writeFile(path.join(folder, "trees/split.ts"), "1");
  const before = digestOf([folder]);
  await writeFile(path.join(folder, "trees/split.test.ts"), "2");

  expect(digestOf([folder])).toBe(before);
  expect(digestOf([folder], "lightgbm 5")).not.toBe(before);

  await writeFile(path.join(folder, "trees/split.ts"), "3");
  expect(digestOf([folder])).not.toBe(before);
});
