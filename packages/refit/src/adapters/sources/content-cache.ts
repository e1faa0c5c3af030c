import { lstat, readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { ContentCache, PrunedFiles } from "../../ports/content-cache.ts";
import { systemClock } from "../clock.ts";
import { contentFolder } from "./content-folder.ts";

const day = 24 * 3_600_000;
/** Milliseconds. Whoever reads a file of data has touched it when it began. */
const lately = day;
/** Milliseconds. The time of these is mostly that of their writing, and a model may rest as long as that. */
const longAgo = 60 * day;

/** Below the folder of caches. What grows with history or settings only is small, and stays: `history`, `whole`, `digests.txt`, `named-digests.txt`. */
const cacheFolders = ["answers", "files", "lists", "news", "parsed", "paths", "profiles", "rows"];

export const contentCache: ContentCache = {
  async prune({ commonDir }, needed, dryRun) {
    const caches = path.join(commonDir, "refit", "cache");
    const content = await pruneFiles(await filesIn(contentFolder(commonDir)), dryRun, {
      stays: (file) => needed.content.has(path.basename(file)),
      unused: lately,
    });
    const derived = await Promise.all(cacheFolders.map((name) => filesIn(path.join(caches, name))));
    const isNeeded = ({ caches: names }: typeof needed, file: string) =>
      names === null || names.has(path.relative(caches, file).replaceAll(path.sep, "/"));
    return {
      ...content,
      caches: await pruneFiles(derived.flat(), dryRun, { stays: (file) => isNeeded(needed, file), unused: longAgo }),
      backtests: await pruneBacktests(path.join(commonDir, "refit", "backtest"), dryRun),
    };
  },
};

interface PruneRule {
  stays(file: string): boolean;
  /** Milliseconds after which it goes. */
  readonly unused: number;
}

interface UsedFile {
  readonly file: string;
  readonly bytes: number;
  readonly usedAt: number;
}

async function pruneFiles(files: readonly UsedFile[], dryRun: boolean, rule: PruneRule): Promise<PrunedFiles> {
  let [removed, removedBytes, kept, keptBytes] = [0, 0, 0, 0];
  for (const { file, bytes, usedAt } of files) {
    const stays = rule.stays(file) || systemClock.now() - usedAt < rule.unused;
    if (!stays && !dryRun) await rm(file, { recursive: true, force: true });
    if (stays) [kept, keptBytes] = [kept + 1, keptBytes + bytes];
    else [removed, removedBytes] = [removed + 1, removedBytes + bytes];
  }
  return { removed, removedBytes, kept, keptBytes };
}

/** A replay is one thing: half of it is of no use. `<model>/<plan>/…` */
async function pruneBacktests(folder: string, dryRun: boolean): Promise<PrunedFiles> {
  const counts: PrunedFiles[] = [];
  for (const model of await readdir(folder).catch((): string[] => [])) {
    for (const plan of await readdir(path.join(folder, model)).catch((): string[] => [])) {
      const home = path.join(folder, model, plan);
      const files = await filesIn(home);
      const newest = Math.max(0, ...files.map(({ usedAt }) => usedAt));
      const isOld = systemClock.now() - newest >= longAgo;
      counts.push(await pruneFiles(files, true, { stays: () => !isOld, unused: longAgo }));
      if (isOld && !dryRun) await rm(home, { recursive: true, force: true });
    }
  }
  const sum = (name: keyof PrunedFiles) => counts.reduce((total, each) => total + each[name], 0);
  return {
    removed: sum("removed"),
    removedBytes: sum("removedBytes"),
    kept: sum("kept"),
    keptBytes: sum("keptBytes"),
  };
}

/** At any depth; a link is never followed. */
async function filesIn(folder: string): Promise<UsedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const found: UsedFile[] = [];
  for (const entry of entries.filter((each) => !each.isDirectory())) {
    const file = path.join(entry.parentPath, entry.name);
    const facts = await lstat(file).catch(() => null);
    if (facts !== null) found.push({ file, bytes: facts.size, usedAt: facts.mtimeMs });
  }
  return found;
}
