import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryFolder, temporaryRepository } from "@refit/testkit";
import { beforeEach, expect, it, vi } from "vitest";
import { follow } from "../src/index.ts";
import { gitBranch, gitSource } from "../src/node.ts";
import { remoteLook, waitAfter } from "../src/remote-look.ts";
import { withLineage } from "../../runtime/src/made-version.fixture.ts";
import { made } from "./support/served.ts";

let trace: string;
beforeEach(async () => {
  trace = path.join(await temporaryFolder(), "trace");
  vi.stubEnv("GIT_TRACE", trace);
});

/** Which git commands have begun since it was asked last. */
async function begun(): Promise<readonly string[]> {
  const said = await readFile(trace, "utf8").catch(() => "");
  await writeFile(trace, "");
  return [...said.matchAll(/trace: built-in: git ([\w-]+)/g)].map(([, command]) => command!);
}

it("of 100 models in one branch, a look is one process of git, and a change costs the model that changed", async () => {
  const repository = await temporaryRepository();
  const { files } = await made("linear, binary");
  const names = Array.from({ length: 100 }, (_, i) => `model-${i}`);
  const folderOf = (name: string) => `models/${name}/champion`;
  const put = async (name: string, more: readonly [string, Uint8Array][] = []) => {
    const named = withLineage(new Map([...files, ...more]), "linear", name);
    for (const [file, bytes] of named) await repository.write(`${folderOf(name)}/${file}`, bytes);
  };
  for (const name of names) await put(name);
  await repository.commit("100 models");
  const branch = gitBranch({ repository: repository.root, revision: "main" });
  const sources = names.map((name) => branch.source(folderOf(name)));
  const look = () => Promise.all(sources.map((find) => find(null)));

  await begun();
  const before = await look();
  expect(await begun()).toEqual(["ls-tree"]);
  await put("model-7", [["README.md", new Uint8Array(3)]]);
  await repository.commit("one is promoted");
  await begun();
  const after = await look();
  expect(after.filter(({ id }, i) => id !== before[i]!.id)).toEqual([after[7]]);
  const model = await follow("model-7", async () => after[7]!, { pollMilliseconds: Infinity });
  expect(model).toMatchObject({
    stale: null,
    version: { treeId: await repository.git("rev-parse", `main:${folderOf("model-7")}`) },
  });
  expect((await begun()).filter((each) => each !== "rev-parse")).toEqual(["ls-tree", "ls-tree", "cat-file"]);
});

it("fetches one branch where the remote has another commit, says why it cannot, and follows one that was rewritten", async () => {
  const repository = await temporaryRepository({ remote: true });
  const folder = "models/birdstrikes/champion";
  const put = async (kind: string) => {
    for (const [file, bytes] of (await made(kind)).files) await repository.write(`${folder}/${file}`, bytes);
    await repository.commit(kind);
    return repository.git("rev-parse", `HEAD:${folder}`);
  };
  const first = await put("linear, binary");
  await repository.git("push", "--quiet", "origin", "main");
  const shallow = path.join(await temporaryFolder(), "shallow");
  await repository.git("clone", "--quiet", "--depth", "1", "--no-checkout", `file://${repository.remote}`, shallow);
  let clock = 0;
  vi.spyOn(performance, "now").mockImplementation(() => clock);
  const find = gitSource({ repository: shallow, revision: "main", folder, fetch: "origin" });
  const look = async () => {
    const { treeId, stale = null } = await find(null);
    return { treeId, stale };
  };
  await begun();
  expect(await look()).toEqual({ treeId: first, stale: null });
  expect(await begun()).not.toContain("fetch");

  const second = await put("trees, binary");
  await repository.git("tag", "v2");
  await repository.git("push", "--quiet", "origin", "main", "v2");
  expect(await look()).toEqual({ treeId: second, stale: null });
  expect(await repository.git("-C", shallow, "tag")).toBe("");
  await repository.git("reset", "--quiet", "--hard", "HEAD~1");
  await repository.git("push", "--quiet", "--force", "origin", "main");
  expect(await look()).toEqual({ treeId: first, stale: null });

  await rename(repository.remote!, `${repository.remote}.away`);
  const why = expect.stringMatching(
    /^Git cannot fetch main from origin: fatal: .*does not appear to be a git repository/,
  );
  expect(await look()).toEqual({ treeId: first, stale: why });
  expect(await look()).toEqual({ treeId: first, stale: why });
  await rename(`${repository.remote}.away`, repository.remote!);
  // After two failures it waits.
  expect(await look()).toEqual({ treeId: first, stale: why });
  clock += 20_000;
  expect(await look()).toEqual({ treeId: first, stale: null });
});

it("asks a remote that fails less and less often, at least every five minutes", () => {
  expect([1, 2, 3, 4, 5, 6, 50].map(waitAfter)).toEqual([0, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000]);
});

it("does not wait for a remote that does not answer", async () => {
  let answer = () => {};
  const answered = new Promise<void>((settle) => (answer = settle));
  const look = remoteLook(() => answered, { now: () => 0, patienceMilliseconds: 10 });

  expect(await look()).toBe("The remote has not answered for 0.01 seconds.");
  expect(await look()).toBe("The remote has not answered for 0.01 seconds.");
  answer();
  await expect.poll(look).toBe(null);
});

it("refuses to fetch what is not named as a branch", () => {
  expect(() => gitBranch({ repository: ".", fetch: "origin" })).toThrow("`fetch` needs `revision`");
});
