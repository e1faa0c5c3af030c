import { describe, expect, it } from "vitest";
import { listRefs } from "../src/hub/list-refs.ts";
import { temporaryRepository, type TemporaryRepository } from "../src/index.ts";

async function toldByGit({ git }: TemporaryRepository): Promise<string[]> {
  const lines = (await git("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads", "refs/tags")).split("\n");
  return lines.filter((line) => line !== "");
}

function told({ root }: TemporaryRepository): string[] {
  const refs = listRefs({ path: `${root}/.git` }, "refs/heads", "refs/tags");
  return [...refs].map(([name, id]) => `${name} ${id}`);
}

describe("listRefs", () => {
  it.each<[what: string, arrange: (repository: TemporaryRepository) => Promise<unknown>]>([
    ["branches in folders, and tags of both kinds", () => Promise.resolve()],
    ["packed refs", ({ git }) => git("pack-refs", "--all")],
    ["a packed ref that moved", ({ git, commit }) => git("pack-refs", "--all").then(() => commit("Next"))],
    ["a packed ref that is gone", ({ git }) => git("pack-refs", "--all").then(() => git("branch", "-D", "a/b"))],
    ["a name for another ref", ({ git }) => git("symbolic-ref", "refs/heads/other", "refs/heads/main")],
    ["a name for a ref that is not there", ({ git }) => git("symbolic-ref", "refs/heads/other", "refs/heads/none")],
  ])("sees what git sees: %s", async (_what, arrange) => {
    const repository = await temporaryRepository();
    await repository.git("branch", "a/b");
    await repository.git("tag", "light");
    await repository.git("tag", "--annotate", "--message=x", "heavy");
    await arrange(repository);

    expect(told(repository)).toEqual(await toldByGit(repository));
    expect(told(repository).length).toBeGreaterThan(2);
  });
});
