import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { expect, it } from "vitest";
import { commandsIn } from "./traced.ts";
import { worldOf } from "./world.ts";

const at = 1_772_323_200;

/** A commit with one file, as `git fast-import` reads it. */
function imported(
  ref: string,
  from: string | null,
  file: { path: string; text: string | null },
  message: string,
): string {
  const person = (role: string, seconds: number) => `${role} A <a@example.com> ${seconds} +0000`;
  // What refit did not make was committed later than it was authored.
  const made = [person("author", at), person("committer", message.includes("Refit-Model") ? at : at + 1)];
  const start = [
    `commit ${ref}`,
    ...made,
    `data ${message.length}`,
    message,
    ...(from === null ? [] : [`from ${from}`]),
  ];
  const change =
    file.text === null ? [`D ${file.path}`] : [`M 100644 inline ${file.path}`, `data ${file.text.length}`, file.text];
  return [...start, ...change, ""].join("\n");
}

const championOf = (model: string) => `models/${model}/champion/model.json`;

/** Proposals that start at one commit, on a base branch that went on, and what became of some of them. */
async function manyProposals(amount: number) {
  const repository = await temporaryRepository();
  await repository.write("a.txt", "a");
  const start = await repository.commit("First");
  const main = "refs/heads/main";
  const models = Array.from({ length: amount }, (_, i) => `m${i}`);
  const proposed = (model: string) => ({ path: championOf(model), text: `version of ${model}` });
  const stream = models.map((model) =>
    imported(`refs/heads/refit--${model}`, start, proposed(model), `New\n\nRefit-Model: ${model}\n`),
  );
  stream.push(imported(main, `${main}^0`, { path: "b.txt", text: "b" }, "More"));
  if (amount > 4) {
    // Squashed and live; squashed, and rolled back since; with a commit of a person's.
    stream.push(imported(main, null, proposed("m1"), "m1 (#1)"));
    stream.push(imported(main, null, proposed("m2"), "m2 (#2)"));
    stream.push(imported(main, null, { path: championOf("m2"), text: null }, "Revert m2"));
    stream.push(imported("refs/heads/refit--m3", null, { path: "n.txt", text: "n" }, "I looked"));
  }
  const { status, stderr } = spawnSync("git", ["-C", repository.root, "fast-import", "--quiet", "--force"], {
    input: stream.join(""),
    env: repository.env,
  });
  if (status !== 0) throw new Error(String(stderr));
  // Time stamps of the last moments are not trusted.
  await new Promise((done) => setTimeout(done, 50));
  const trace = join(await temporaryFolder(), "trace");
  return { repository, models, trace, world: worldOf(repository, { ...repository.env, GIT_TRACE: trace }) };
}

it("costs as many processes of git for a hundred open proposals as for one", async () => {
  const counts: number[] = [];
  for (const amount of [1, 10, 100]) {
    const { world, models, trace } = await manyProposals(amount);
    const located = await world.locate();
    const states = [];
    for (const model of models) states.push(await world.forge.proposal(located, `refit--${model}`));
    counts.push(await commandsIn(trace));

    const isPast = (model: string) => amount > 4 && ["m1", "m2"].includes(model);
    expect(states.map((state) => state && [state.branch, state.heldByPerson])).toEqual(
      models.map((model) => (isPast(model) ? null : [`refit--${model}`, amount > 4 && model === "m3"])),
    );
  }
  expect(counts[1]).toBe(counts[0]);
  expect(counts[2]).toBe(counts[0]);
  expect(counts[0]).toBeLessThanOrEqual(6);
});

it("is answered for what a branch has now, also where all of them were asked about before", async () => {
  const { repository, world } = await manyProposals(10);
  const look = async (model: string) => world.forge.proposal(await world.locate(), `refit--${model}`);
  const before = await look("m5");
  expect(before).toMatchObject({ heldByPerson: false });

  await repository.git("switch", "--quiet", "refit--m5");
  await repository.git("commit", "--quiet", "--allow-empty", "--message", "I looked");
  const moved = await repository.git("rev-parse", "HEAD");
  expect(await look("m5")).toMatchObject({ head: moved, heldByPerson: true });

  await repository.git("switch", "--quiet", "main");
  await repository.git("merge", "--quiet", "--squash", "refit--m6");
  await repository.git("commit", "--quiet", "--message", "m6 (#6)");
  await repository.git("revert", "--no-edit", "HEAD");
  expect(await look("m6")).toBeNull();

  await repository.git("branch", "--quiet", "-D", "refit--m7");
  expect(await look("m7")).toBeNull();
});
