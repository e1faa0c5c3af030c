import { UsageError } from "@refit/core/errors";
import type { PrunedContent } from "../ports/content-cache.ts";
import type { Ports } from "../ports/index.ts";
import { pruneCache } from "../runs/prune-cache.ts";
import type { Flags } from "./command.ts";

export const usage = "refit cache prune [--dry-run] [--json]";
export const summary = "Remove remote data that no live version and no open proposal was made from.";
export const options = { "dry-run": { type: "boolean" }, json: { type: "boolean" } } as const;
export const optionHelp = {
  "dry-run": "say how much would be removed, and remove nothing",
  json: "print the result as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length !== 1 || args[0] !== "prune") throw new UsageError("cache has one word: prune.", usage);
  const dryRun = flags["dry-run"] === true;
  const pruned = await pruneCache(ports, { dryRun });
  ports.out.print(flags.json === true ? JSON.stringify(pruned, null, 2) : sentence(pruned, dryRun));
  return 0;
}

function sentence({ removed, removedBytes, kept, keptBytes }: PrunedContent, dryRun: boolean): string {
  const verb = dryRun ? "would be removed" : "removed";
  return `Remote data: ${removed} files ${verb} (${mebibytes(removedBytes)}), ${kept} kept (${mebibytes(keptBytes)}).`;
}

const mebibytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(1)} MiB`;
