import { createHash } from "node:crypto";
import type { ArtifactFiles, FitRequest } from "@refit/core/runtime";
import type { Task } from "@refit/core/spec";
import { expect, it } from "vitest";
import { gbdtDefaults, linearDefaults, mixedRows } from "./made-up.fixture.ts";
import { learners } from "./index.ts";

const settings = {
  gbdt: { ...gbdtDefaults, trees: 20, rowFraction: 0.7, featureFraction: 0.8, earlyStoppingRounds: 10 },
  linear: linearDefaults,
  auto: { learner: "auto", models: 3, tries: 2 },
};
const classes = { binary: 2, multiclass: 3, regression: 0 };

function fit(name: keyof typeof learners, task: Task): Promise<ArtifactFiles> {
  // A search trains many models.
  const count = name === "auto" ? 80 : 800;
  const rows = { train: mixedRows(task, count, 1), validation: mixedRows(task, count / 4, 2) };
  const request: FitRequest<never> = {
    task,
    classes: classes[task],
    settings: settings[name] as never,
    seed: 7,
    ...rows,
  };
  return learners[name].fit(request);
}

function digest(files: ArtifactFiles): string {
  const hash = createHash("sha256");
  for (const bytes of files.values()) hash.update(bytes);
  return hash.digest("hex").slice(0, 16);
}

// Pinned, so that every Node version is held to the same bytes. A change here must raise the learner's algorithm version.
it.each<[name: keyof typeof learners, task: Task, pinned: string]>([
  ["gbdt", "binary", "741fa69600dcfaee"],
  ["gbdt", "multiclass", "b0913a4b3ee7b754"],
  ["gbdt", "regression", "f25310d18edc44eb"],
  ["linear", "binary", "55758854addc2563"],
  ["linear", "multiclass", "67d614b5a5cae980"],
  ["linear", "regression", "77e4d51fad6f9c1d"],
  ["auto", "binary", "3138d7c36dceb5c8"],
  ["auto", "multiclass", "d4e3578b800df9b2"],
  ["auto", "regression", "dfa616b46c2bf65a"],
])("%s, %s: the same request gives the same bytes everywhere", async (name, task, pinned) => {
  const first = digest(await fit(name, task));
  const second = digest(await fit(name, task));

  expect([first, second]).toEqual([pinned, pinned]);
});
