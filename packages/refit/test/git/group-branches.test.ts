import { expect, it } from "vitest";
import { type TestWorld, temporaryWorld } from "./world.ts";

const branch = "refit-group--pair";
const pathOf = (model: string) => `models/${model}/champion/model.json`;

/** A base branch with versions of two models, and new ones of both in one commit on the branch of their group. */
async function proposedPair() {
  const world = await temporaryWorld();
  const { write, commit, git } = world.repository;
  for (const model of ["a", "b"]) await write(pathOf(model), `${model} 1`);
  await commit("First");
  await git("switch", "--quiet", "--create", branch);
  for (const model of ["a", "b"]) await write(pathOf(model), `${model} 2`);
  const head = await commit("refit(pair): both\n\nRefit-Group: pair\nRefit-Model: a\nRefit-Model: b");
  await git("switch", "--quiet", "main");
  return { ...world, head };
}

const open = async ({ forge, locate }: TestWorld) => (await forge.proposal(await locate(), branch)) !== null;

/** Brings the old version of one back. */
async function takeBack(world: TestWorld, model: string): Promise<void> {
  await world.repository.write(pathOf(model), `${model} 1`);
  await world.repository.commit(`Revert ${model}`);
}

const another = async ({ repository }: TestWorld) => {
  await repository.write("notes.md", "n");
  await repository.commit("Something else");
};

const mergings: readonly [how: string, merge: (git: TestWorld["repository"]["git"]) => Promise<unknown>][] = [
  ["moving the base branch on", (git) => git("merge", "--quiet", "--ff-only", branch)],
  ["a merge", (git) => git("merge", "--quiet", "--no-ff", "--no-edit", branch)],
  [
    "a squash",
    async (git) => {
      await git("merge", "--quiet", "--squash", branch);
      await git("commit", "--quiet", "--message", "Both (#1)");
    },
  ],
  [
    "a rebase",
    async (git) => {
      await git("commit", "--quiet", "--allow-empty", "--message", "In between");
      await git("cherry-pick", `main..${branch}`);
    },
  ],
];

it.each(mergings)(
  "a group that was merged by %s is past, also where one or all of it was reverted",
  async (_, merge) => {
    const world = await proposedPair();
    expect(await open(world)).toBe(true);

    await merge(world.repository.git);
    expect(await open(world)).toBe(false);
    await another(world);
    expect(await open(world)).toBe(false);
    await takeBack(world, "b");
    expect(await open(world)).toBe(false);
    await takeBack(world, "a");
    expect(await open(world)).toBe(false);
  },
);

it("a group of which one version came by itself, or which the base branch had earlier, is open", async () => {
  const world = await proposedPair();
  const { git, commit } = world.repository;
  await git("checkout", branch, "--", "models/a");
  await commit("a alone");
  expect(await open(world)).toBe(true);
  await takeBack(world, "a");
  await git("checkout", branch, "--", "models/b");
  await commit("b alone, a is what it was");
  expect(await open(world)).toBe(true); // each was there, and never both

  await git("checkout", branch, "--", "models/a");
  await commit("a beside it");
  expect(await open(world)).toBe(false);
  for (const model of ["a", "b"]) await takeBack(world, model);
  expect(await open(world)).toBe(false);

  // The same versions are proposed again, to a base branch that has had them.
  await git("branch", "--quiet", "--force", branch, "main");
  await git("switch", "--quiet", branch);
  for (const model of ["a", "b"]) await world.repository.write(pathOf(model), `${model} 2`);
  await commit("refit(pair): both again\n\nRefit-Group: pair\nRefit-Model: a\nRefit-Model: b");
  await git("switch", "--quiet", "main");
  await another(world);
  expect(await open(world)).toBe(true);
});

it("a group whose branch has taken in the base branch proposes what is left to bring", async () => {
  const world = await proposedPair();
  const { git } = world.repository;
  await another(world);
  await git("switch", "--quiet", branch);
  await git("merge", "--quiet", "--no-edit", "main");
  await git("switch", "--quiet", "main");
  expect(await open(world)).toBe(true);

  await git("merge", "--quiet", "--squash", branch);
  await git("commit", "--quiet", "--message", "Both (#1)");
  await takeBack(world, "b");
  expect(await open(world)).toBe(false);

  // Somebody takes it up again, after all of it was reverted: what counts is the base branch since.
  await takeBack(world, "a");
  await git("switch", "--quiet", "--force-create", branch, "main");
  await git("merge", "--quiet", "--no-edit", "--strategy=ours", world.head);
  await git("checkout", world.head, "--", "models");
  await git("commit", "--quiet", "--amend", "--no-edit");
  await git("switch", "--quiet", "main");
  await another(world);
  expect(await open(world)).toBe(true);
});
