import { UsageError } from "@refit/core/errors";
import { quoteForTerminal } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { accept, acceptUsage as usage } from "../runs/accept.ts";
import type { Flags } from "./command.ts";

export { usage };
export const summary = "Accept a suspicious finding: write the acceptance into the data manifest, for you to commit.";
export const examples = [
  ['refit accept churn biased-predictions --reason "the sale of May"', "a finding about a whole model"],
  ['refit accept churn unit-change charges --reason "in cents since May"', "a finding about one column"],
] as const;
export const options = {
  reason: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  reason: "why it is right; reports show it, with the author of the commit",
  "dry-run": "print the entry and write nothing",
  json: "print the entry as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, code, column = null, ...more] = args;
  if (model === undefined || code === undefined || more.length > 0) {
    throw new UsageError(
      "accept needs a model and the code of a finding; then the column, where the finding names one.",
      usage,
    );
  }
  const reason = flags.reason?.trim() ?? "";
  if (reason === "") throw new UsageError("accept needs a --reason; reports show it.", usage);
  const dryRun = flags["dry-run"] === true;
  const accepted = await accept(ports, { model, code, column, reason, dryRun });
  const { file, entry, change, declared } = accepted;
  if (!declared) {
    ports.out.notice(`${file} declares no column ${quoteForTerminal(accepted.column)}; check its spelling.`);
  }
  if (flags.json === true) {
    ports.out.print(JSON.stringify(accepted, null, 2));
    return 0;
  }
  const words = change === "unchanged" ? "has" : dryRun ? "would have" : "now has";
  ports.out.print(`${file} ${words}, under checks.accept:\n  - ${entry}`);
  if (change !== "unchanged" && !dryRun) {
    ports.out.print(`Commit it to the base branch; the next run of ${model} then reads it.`);
  }
  return 0;
}
