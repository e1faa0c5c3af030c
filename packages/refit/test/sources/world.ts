import path from "node:path";
import { RefitError, systemRefusal } from "@refit/core/errors";
import { dataManifest, type DataManifest } from "@refit/core/spec";
import { temporaryFolder } from "@refit/testkit";
import { startWebServer, type WebFile, webFiles, type WebServer } from "@refit/testkit/web";
import { onTestFinished } from "vitest";
import { gitProcess } from "../../src/adapters/git/git-process.ts";
import { sourcesAdapter } from "../../src/adapters/sources/index.ts";
import type { SourceWorld } from "../../src/adapters/sources/source-kind.ts";
import type { Repository } from "../../src/ports/repository.ts";
import type { FetchedFile, Sources } from "../../src/ports/sources.ts";

/** A second of waiting is a millisecond here. */
export const hasty = { secondMs: 1, timeoutMs: 1500 };

/** A place that looks like a repository to sources that ask no git. @param at where; left out: a folder of its own. */
export async function bareRepository(at?: string): Promise<Repository> {
  const root = at ?? (await temporaryFolder());
  const commonDir = path.join(root, ".git");
  return { root, commonDir, baseBranch: "main", baseCommit: "0".repeat(40), remote: null, notices: [] };
}

/** As another process would have them. */
export function openSources(world: Partial<SourceWorld> = {}): Sources {
  return sourcesAdapter({ git: gitProcess("/", {}), env: {}, patience: hasty, ...world });
}

/** @param sources entries, or paths of sources that may lie on this machine. */
export function manifestOf(sources: readonly (string | object)[], limits: object = {}): DataManifest {
  const entries = sources.map((entry) => (typeof entry === "string" ? { path: entry, allowPrivate: true } : entry));
  return dataManifest.parse({ sources: entries, limits });
}

export async function listed(sources: Sources, repository: Repository, manifest: DataManifest) {
  return sources.list(repository, manifest, { workTree: false });
}

/** Lists, and fetches all that is listed. */
export async function fetchAll(
  sources: Sources,
  repository: Repository,
  manifest: DataManifest,
): Promise<FetchedFile[]> {
  const { files } = await listed(sources, repository, manifest);
  const fetched: FetchedFile[] = [];
  for (const file of files) fetched.push(await sources.fetch(repository, file));
  return fetched;
}

/** A web server with files, until the test ends. */
export async function webServer(files: ReadonlyMap<string, WebFile | string>): Promise<WebServer> {
  const server = await startWebServer(webFiles(files));
  onTestFinished(() => server.close());
  return server;
}

/** What an attempt ended in: the code of the error that a person is told, or `fine`. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "fine",
    (thrown: unknown) => {
      const error = systemRefusal(thrown) ?? thrown;
      return error instanceof RefitError
        ? error.code
        : `not foreseen: ${error instanceof Error ? error.stack : String(error)}`;
    },
  );
}
