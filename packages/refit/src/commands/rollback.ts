import { UsageError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import { rollback } from "../runs/rollback.ts";
import type { Flags } from "./command.ts";
import { howToMerge } from "./how-to-merge.ts";
import { pushHelp, pushOptions, sayingPublished } from "./publishing.ts";

export const usage = "refit rollback <model> [--to vN] [--push|--no-push] [--dry-run] [--json]";
export const summary = "Propose an earlier version again, as a new commit on its own branch.";
export const examples = [
  ["refit rollback churn", "to the version before the live one"],
  ["refit rollback churn --to v1", "to one that you name"],
] as const;
export const options = {
  to: { type: "string" },
  ...pushOptions,
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  to: "the version to restore; default: the one that was live before the champion",
  ...pushHelp,
  "dry-run": "print what would be restored and write nothing",
  json: "print the proposal as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("rollback needs one model.", usage);
  const dryRun = flags["dry-run"] === true;
  const proposal = await sayingPublished(ports, () => rollback(ports, { model, to: flags.to ?? null, dryRun }));
  if (flags.json === true) {
    ports.out.print(JSON.stringify(proposal, null, 2));
    return 0;
  }
  const { to, branch, url } = proposal;
  ports.out.print(`${model}: ${dryRun ? "would propose" : "proposed"} a rollback to v${to} on ${branch}.`);
  if (url !== null) ports.out.print(`  proposal: ${url}\n  to roll back: ${howToMerge({ url, branch })}`);
  return 0;
}
