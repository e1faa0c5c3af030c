import type { RejectAnswer } from "@refit/core/answers";
import { UsageError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import { reject } from "../runs/reject.ts";
import type { Flags } from "./command.ts";
import { pushHelp, pushOptions, sayingPublished } from "./publishing.ts";

export const usage = "refit reject <model> [--reason TEXT] [--push|--no-push] [--dry-run] [--json]";
export const summary = "Decline the open proposal; the same inputs are not proposed again.";
export const examples = [['refit reject churn --reason "wrong season"', "the open proposal"]] as const;
export const options = {
  reason: { type: "string" },
  ...pushOptions,
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  reason: "why; the reason is kept in the ledger",
  ...pushHelp,
  "dry-run": "print what would be declined and write nothing",
  json: "print the result as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("reject needs one model.", usage);
  const dryRun = flags["dry-run"] === true;
  const declined = await sayingPublished(ports, () => reject(ports, { model, reason: flags.reason ?? null, dryRun }));
  const [first] = declined;
  if (flags.json === true) {
    const together = declined.length > 1 ? { together: declined.map((each) => each.model) } : {};
    ports.out.print(JSON.stringify({ model, declined: first!.inputDigest, ...together } satisfies RejectAnswer));
  } else
    ports.out.print(
      `${declined.map((each) => each.model).join(", ")}: ${dryRun ? "would be " : ""}declined. The same inputs are not proposed again.`,
    );
  return 0;
}
