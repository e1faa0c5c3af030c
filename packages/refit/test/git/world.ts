import { type TemporaryRepository, temporaryRepository } from "@refit/testkit";
import { ancestryAdapter } from "../../src/adapters/git/ancestry.ts";
import { branchesAdapter } from "../../src/adapters/git/branches.ts";
import { diskFiles } from "../../src/adapters/disk/files.ts";
import { gitAdapter } from "../../src/adapters/git/git.ts";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { local } from "../../src/adapters/forges/local/index.ts";

/** The real adapters over a temporary repository. */
export function worldOf(repository: TemporaryRepository, env: Readonly<Record<string, string>> = repository.env) {
  const process = gitProcess(repository.root, env);
  const git = gitAdapter(process, null);
  return {
    repository,
    process,
    git,
    ancestry: ancestryAdapter(process, git),
    branches: branchesAdapter(process),
    forge: local.open({ env, process, git, files: diskFiles, notice: () => {}, publishes: true }).forge,
    files: diskFiles,
    locate: () => git.locate(),
  };
}

export type TestWorld = ReturnType<typeof worldOf>;

export async function temporaryWorld(options: Parameters<typeof temporaryRepository>[0] = {}): Promise<TestWorld> {
  return worldOf(await temporaryRepository(options));
}

export const bytes = (text: string) => new TextEncoder().encode(text);

/** A request for a commit on `refs/heads/refit--churn` with one file of that model. */
export function commitRequest(parent: string | null, content: string | Uint8Array, expected: string | null = null) {
  return {
    ref: "refs/heads/refit--churn",
    expected,
    parent,
    replace: ["models/churn/champion"],
    files: new Map([["models/churn/champion/model.json", typeof content === "string" ? bytes(content) : content]]),
    message: "refit(churn): new model\n\nRefit-Model: churn\n",
    at: Date.UTC(2026, 2, 1),
  };
}
