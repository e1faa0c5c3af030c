import { specPath } from "@refit/core/history";
import path from "node:path";
import { asOwnRows, codeOf, manifestPath, viewFile } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { readSpecs } from "../rooms/read.ts";

type WatchedPathsPorts = Pick<Ports, "git" | "files" | "sources" | "learners" | "out">;

/**
 * Everything in the work tree that a run of these models looked at: while all of it looks the same, and git's refs do,
 * the run would end the same. `null`: one of them also asks what time it is, or another machine.
 */
export async function watchedPaths(
  ports: WatchedPathsPorts,
  repository: Repository,
  models: readonly string[],
): Promise<string[] | null> {
  const paths = new Set([".gitignore", ".gitattributes"].map((file) => path.join(repository.root, file)));
  const datasets = new Set<string>();
  for (const model of models) {
    const { spec, manifest } = await readSpecs(ports, repository, model, { workTree: false, isCompared: false });
    if (manifest.checks.maxAgeDays !== undefined) return null;
    const views = (manifest.views ?? []).map(viewFile);
    const code = spec.candidates.flatMap(codeOf);
    const written = [specPath(model, repository), manifestPath(spec.data), ...views, ...code];
    for (const file of written) paths.add(path.join(repository.root, file));
    if (datasets.has(spec.data)) continue;
    datasets.add(spec.data);
    for (const each of [manifest, ...(manifest.tables ?? []).map((table) => asOwnRows(table, manifest))]) {
      const files = await ports.sources.watched(repository, each);
      if (files === null) return null;
      for (const file of files) paths.add(file);
    }
  }
  return [...paths];
}
