import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { dataManifest } from "@refit/core/spec";
import { forgeConformance } from "@refit/testkit/conformance/forge";
import { sourceConformance } from "@refit/testkit/conformance/source";
import { temporaryRepository } from "@refit/testkit";
import { sourcesAdapter } from "../../src/adapters/sources/index.ts";
import { reportSaying, requestFor } from "../report-saying.ts";
import { commitRequest, temporaryWorld, worldOf } from "./world.ts";

const branch = "refit--churn";

forgeConformance("local", async () => {
  const { repository, git, branches, forge, locate } = await temporaryWorld();
  async function alertTexts() {
    const folder = path.join((await locate()).commonDir, "refit", "alerts");
    const pages = await readdir(folder).catch(() => []);
    return Promise.all(pages.map((page) => readFile(path.join(folder, page), "utf8")));
  }
  return {
    forge,
    locate,
    async push(content) {
      const located = await locate();
      const expected = await git.resolve(`refs/heads/${branch}`);
      return branches.commit(located, commitRequest(located.baseCommit, content, expected));
    },
    request: (head, change) =>
      requestFor({
        kind: "retrain",
        model: "churn",
        branch,
        head,
        baseBranch: "main",
        inputDigest: "0123456789abcdef",
        title: "refit(churn): new model",
        report: reportSaying("rocAuc 0.80 → 0.82"),
        kept: null,
        autoMerge: false,
        reviewers: [],
        draft: false,
        check: { conclusion: "success", summary: "all gates passed" },
        at: Date.UTC(2026, 2, 1),
        ...change,
      }),
    look: async () => forge.proposal(await locate(), branch),
    async merge(how) {
      const ways = { merge: ["--no-ff", "-m", "anything"], squash: ["--squash"] };
      await repository.git("merge", ...ways[how], branch);
      if (how === "squash") await repository.commit("anything");
    },
    async commitAsPerson() {
      await repository.git("switch", "--quiet", branch);
      await repository.write("models/churn/NOTES.md", "I looked at it");
      await repository.commit("My notes");
      await repository.git("switch", "--quiet", "main");
    },
    alerts: async () => (await alertTexts()).map((text) => text.split("\n")[0]!.replace("# ", "")),
    alertTexts,
  };
});

const kinds = [
  ["git, tracked files", ""],
  ["git, ignored files", "/data/\n"],
] as const;
for (const [name, ignored] of kinds) {
  sourceConformance(name, async () => {
    const repository = await temporaryRepository();
    const contents = new Map([
      ["data/a.csv", "a\n1\n"],
      ["data/b.csv", "a\n2\n"],
    ]);
    await repository.write(".gitignore", ignored);
    for (const [file, text] of contents) await repository.write(file, text);
    await repository.commit("Add data");
    const world = worldOf(repository);
    return {
      open: () => sourcesAdapter({ git: world.process, env: {} }),
      repository: await world.locate(),
      manifest: dataManifest.parse({ sources: [{ path: "data/*" }] }),
      empty: dataManifest.parse({ sources: [{ path: "data/*.parquet" }] }),
      contents,
      addUnreadable: () => repository.write("data/notes.txt", "x"),
      change: (file, content) => repository.write(file, content),
    };
  });
}
