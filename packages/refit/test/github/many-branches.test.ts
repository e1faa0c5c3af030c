import { expect, it } from "vitest";
import type { Forge } from "../../src/ports/forge.ts";
import { proposalRequest, runner, temporaryHub } from "./support/hub-world.ts";

type Asking = Pick<Forge, "proposal" | "expect">;

/** A repository in which one branch is proposed, one was declined, one was merged, and of most there is nothing. */
async function manyBranches(amount: number) {
  const hub = await temporaryHub();
  const world = await runner(hub);
  const propose = async (branch: string, model = branch.slice("refit--".length)) => {
    const head = await world.push(branch, branch);
    await world.forge.ensureProposal(await world.locate(), proposalRequest(head, { branch, model }));
  };
  for (const branch of ["refit--open", "refit--declined", "refit--merged"]) await propose(branch);
  await hub.person.close(2);
  await hub.person.merge(3);
  await world.branches.fetch(await world.locate());
  const none = Array.from({ length: amount }, (_, i) => `refit--m${i}`);
  const branches = [...none.slice(0, 4), "refit--open", "refit--merged", ...none.slice(4), "refit--declined"];
  const repository = await world.locate();
  const answersOf = async (forge: Asking) => {
    const before = hub.requests.length;
    const states = [];
    for (const branch of branches) states.push(await forge.proposal(repository, branch));
    const asked = hub.requests.slice(before).map(({ path }) => path);
    const count = (part: RegExp) => asked.filter((path) => part.test(path)).length;
    return { states, lists: count(/\/pulls\?/), graphql: count(/graphql/) };
  };
  const expecting = (forge = world.reopened()) => {
    forge.expect(branches);
    return forge;
  };
  return { hub, world, repository, branches, answersOf, expecting };
}

it("asks GitHub about a hundred branches at once, and hears the same as about each by itself", async () => {
  const { hub, answersOf, expecting, world, repository, branches } = await manyBranches(120);

  const each = await answersOf(world.reopened());
  const atOnce = await answersOf(expecting());

  expect(atOnce.states).toEqual(each.states);
  expect(
    each.states.filter((state) => state !== null).map((state) => [state.branch, state.declinedAt !== null]),
  ).toEqual([
    ["refit--open", false],
    ["refit--declined", true],
  ]);
  expect([each.lists, each.graphql]).toEqual([123, 0]);
  // The first of each question, the two that people may have decided about, and the few that are not worth a question.
  expect(atOnce.graphql).toBe(2);
  expect(atOnce.lists).toBeLessThanOrEqual(4);

  // What a person does after the question is seen by the next one about the branch, and a pushed commit by the first.
  const forge = expecting();
  await forge.proposal(repository, branches[0]!);
  expect(await forge.proposal(repository, "refit--m1")).toBeNull();
  for (const branch of ["refit--m1", "refit--m2"])
    await hub.person.commit(branch, { "models/churn/champion/artifact/model.json": "by a person" });
  await world.branches.fetch(repository);
  for (const branch of ["refit--m1", "refit--m2"])
    expect(await forge.proposal(await world.locate(), branch)).toMatchObject({ branch, heldByPerson: true });

  // A token that may not list them is told as before, not by an answer that has none.
  hub.fault({ path: /\/pulls\?/, status: 403, times: 1 });
  const refused = expecting();
  await expect(refused.proposal(repository, branches[0]!)).rejects.toMatchObject({ code: "forge-permission" });

  hub.fault({ path: /graphql/, status: 404, times: 99 });
  const off = await answersOf(expecting());
  expect(off.states).toHaveLength(branches.length);
  expect([off.lists, off.graphql]).toEqual([123, 1]);
});
