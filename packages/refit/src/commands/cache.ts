import { UsageError } from "@refit/core/errors";
import type { PrunedContent, PrunedFiles } from "../ports/content-cache.ts";
import type { Ports } from "../ports/index.ts";
import { pruneCache } from "../runs/prune-cache.ts";
import type { Flags } from "./command.ts";

export const usage = "refit cache prune [--dry-run] [--json]";
export const summary = "Remove remote data and caches that no live version and no open proposal needs.";
export const examples = [
  ["refit cache prune --dry-run", "how much could be removed"],
  ["refit cache prune", "remove it"],
] as const;
export const options = { "dry-run": { type: "boolean" }, json: { type: "boolean" } } as const;
export const optionHelp = {
  "dry-run": "say how much would be removed, and remove nothing",
  json: "print the result as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length !== 1 || args[0] !== "prune") throw new UsageError("cache needs the word prune.", usage);
  const dryRun = flags["dry-run"] === true;
  const pruned = await pruneCache(ports, { dryRun });
  ports.out.print(flags.json === true ? JSON.stringify(pruned, null, 2) : lines(pruned, dryRun));
  return 0;
}

function lines({ caches, backtests, ...data }: PrunedContent, dryRun: boolean): string {
  const named = [
    ["Remote data", data],
    ["Caches of what was found in files", caches],
    ["Backtests", backtests],
  ] as const;
  const told = named.filter(([name, { removed, kept }]) => name === "Remote data" || removed + kept > 0);
  const freed = data.removedBytes + caches.removedBytes + backtests.removedBytes;
  const all = dryRun ? "would be freed; nothing was removed" : "freed";
  return [...told.map(([name, files]) => sentence(name, files, dryRun)), `In all ${mebibytes(freed)} ${all}.`].join(
    "\n",
  );
}

function sentence(name: string, { removed, removedBytes, kept, keptBytes }: PrunedFiles, dryRun: boolean): string {
  const verb = dryRun ? "would be removed" : "removed";
  return `${name}: ${counted(removed)} ${verb} (${mebibytes(removedBytes)}), ${kept} kept (${mebibytes(keptBytes)}).`;
}

const counted = (files: number) => (files === 1 ? "1 file" : `${files} files`);
const mebibytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MiB`;
