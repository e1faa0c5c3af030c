import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { ContentCache } from "../../ports/content-cache.ts";
import { systemClock } from "../clock.ts";
import { contentFolder } from "./content-folder.ts";

/** Milliseconds. Whoever reads a file has touched it when it began. */
const lately = 24 * 3_600_000;

export const contentCache: ContentCache = {
  async prune({ commonDir }, needed, dryRun) {
    const folder = contentFolder(commonDir);
    let [removed, removedBytes, kept, keptBytes] = [0, 0, 0, 0];
    for (const name of await readdir(folder).catch((): string[] => [])) {
      const file = path.join(folder, name);
      const facts = await stat(file).catch(() => null);
      if (facts === null) continue;
      const stays = needed.has(name) || systemClock.now() - facts.mtimeMs < lately;
      if (!stays && !dryRun) await rm(file, { recursive: true, force: true });
      if (stays) [kept, keptBytes] = [kept + 1, keptBytes + facts.size];
      else [removed, removedBytes] = [removed + 1, removedBytes + facts.size];
    }
    return { removed, removedBytes, kept, keptBytes };
  },
};
