import { describe, expect, it } from "vitest";
import { pushProposal } from "../../src/versions/push-proposal.ts";
import { bytes, temporaryWorld } from "./world.ts";

const ref = "refs/heads/refit--churn";

/** A clone of a remote, and versions of a model for the model's branch there. */
async function stage() {
  const world = await temporaryWorld({ remote: true });
  const repository = await world.locate();
  const push = (content: string, over: string | null) =>
    pushProposal(world, repository, {
      branch: "refit--churn",
      contents: new Map([["models/churn/champion", new Map([["model.json", bytes(content)]])]]),
      message: "refit(churn): new model\n\nRefit-Model: churn\n",
      over,
      at: Date.UTC(2026, 2, 1),
    });
  const replaces = (commit: string) =>
    world.repository.git("log", "-1", "--format=%(trailers:key=Refit-Replaces,valueonly)", commit);
  const onRemote = async () => (await world.repository.git("ls-remote", "origin", ref)).split("\t")[0]!;
  return { ...world, located: repository, push, replaces, onRemote };
}

describe("a version that is committed here and not on the remote", () => {
  it("is pushed as the commit that it is, where the remote is as it was", async () => {
    const { branches, located, push, onRemote, repository } = await stage();
    const first = await push("1", null);
    const second = await push("2", first);
    await repository.git("push", "--quiet", "--force", "origin", `${first}:${ref}`);
    await branches.fetch(located);

    expect(await push("2", first)).toBe(second);
    expect(await onRemote()).toBe(second);
  });

  it("is committed anew, where the head is gone that it was made to replace", async () => {
    const { branches, located, push, replaces, onRemote, repository } = await stage();
    const first = await push("1", null);
    const second = await push("2", first);
    await repository.git("push", "--quiet", "origin", `:${ref}`);
    await branches.fetch(located);

    const third = await push("2", null);

    expect(await onRemote()).toBe(third);
    expect((await replaces(second)).trim()).toBe(first);
    expect((await replaces(third)).trim()).toBe("nothing");
  });
});
