import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import { LearnerDivergedError } from "@refit/core/errors";
import { temporaryFolder } from "@refit/testkit";
import { expect } from "vitest";
import type { Flags } from "../../../src/commands/command.ts";
import type { Ports } from "../../../src/ports/index.ts";
import type { JobPlan } from "../../../src/runs/plan-models.ts";
import type { TrainedCandidatesOf } from "../../../src/runs/train-candidates.ts";
import type { HandedOver } from "../../../src/runs/train-models.ts";
import { openScene, type Scene } from "./scene.ts";

/** Every ref with its commit, here and at the remote. */
export const refsOf = async (scene: Scene) =>
  [await scene.git("for-each-ref"), await scene.git("ls-remote", "origin")].join("\n");

/** What a job of its own sees. */
export const cloneOf = async (scene: Scene, adapt?: (real: Ports) => Ports) =>
  openScene(await scene.repository.clone(), { from: scene.now(), ...(adapt && { adapt }) });

export async function plan(scene: Scene, flags: Flags = {}): Promise<JobPlan> {
  const job = await cloneOf(scene);
  const before = await refsOf(job);
  const { stdout } = await job.refit("plan", [], { json: true, by: "candidate", ...flags });
  expect(await refsOf(job)).toBe(before);
  return JSON.parse(stdout) as JobPlan;
}

/** One job: trains what an entry of the matrix says, and leaves the rest of the world as it is. */
export async function trainJob(
  scene: Scene,
  entry: { model: string; digest?: string },
  flags: Flags = {},
  adapt?: Adapt,
) {
  const job = await cloneOf(scene, adapt);
  const out = path.join(await temporaryFolder(), "candidates");
  const before = await refsOf(job);
  const candidate = entry.digest!.split(" ");
  const { stdout, exitCode, notices } = await job.refit("train", entry.model.split(" "), {
    json: true,
    candidate,
    out,
    ...flags,
  });
  expect(exitCode).toBe(0);
  expect(await refsOf(job)).toBe(before);
  expect(await job.git("status", "--porcelain")).toBe("");
  const { models } = JSON.parse(stdout) as { models: TrainedCandidatesOf[] };
  return { out, models, notices };
}
type Adapt = (real: Ports) => Ports;

/** All jobs of a plan, and what download-artifact with merge-multiple makes of their folders. */
export async function trainAll(scene: Scene, { matrix }: JobPlan, flags: Flags = {}, adapt?: Adapt): Promise<string> {
  const gathered = path.join(await temporaryFolder(), "gathered");
  await mkdir(gathered);
  for (const entry of matrix.include) {
    const { out } = await trainJob(scene, entry, flags, adapt);
    await cp(out, gathered, { recursive: true });
  }
  return gathered;
}

const fitting = (wrap: (fit: Learned["fit"], name: string) => Learned["fit"]): Adapt => {
  return (real) => ({
    ...real,
    learners: {
      ...real.learners,
      async get(name) {
        const learner = await real.learners.get(name);
        return { ...learner, fit: wrap(learner.fit.bind(learner), name) };
      },
    },
  });
};
type Learned = Awaited<ReturnType<Ports["learners"]["get"]>>;

/** Whoever trains fails the test. */
export const withoutTraining = fitting(() => () => expect.unreachable("it trains"));
/** As a linear model that diverges on every machine. */
export const linearFails = fitting((fit, name) => (name === "linear" ? () => Promise.reject(diverged) : fit));
const diverged = new LearnerDivergedError("linear", "the loss is not finite");

/** Chooses in a job that can write nothing, and proposes in one that trains nothing. */
export async function chooseAndPropose(scene: Scene, gathered: string, flags: Flags = {}, adapt?: Adapt) {
  const chooser = await cloneOf(scene, adapt);
  const out = path.join(gathered, "chosen");
  const before = await refsOf(chooser);
  const told = await chooser.refit("choose", [], { json: true, candidates: gathered, out, ...flags });
  expect(await refsOf(chooser)).toBe(before);
  const handedOver = JSON.parse(told.stdout) as HandedOver;
  const proposer = await cloneOf(scene, withoutTraining);
  const outcome = await proposer.run({ candidates: `${out}@${handedOver.candidates}`, ...flags });
  return { handedOver, outcome, scene: proposer, notices: told.notices };
}

const ledger = "refit-ledger:models/churn.jsonl";
export const bytesOf = async (scene: Scene) => [
  await scene.git("rev-parse", "refit--churn"),
  await scene.git("rev-parse", "refit--churn:models/churn/champion"),
  await scene.git("show", ledger),
];
