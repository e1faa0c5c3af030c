import { UsageError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import { promote } from "../runs/promote.ts";
import type { Flags } from "./command.ts";

export const usage = "refit promote [--dry-run] [--json]";
export const summary =
  "Create tags, releases and alerts from the base branch, and record rollbacks. Merging promotes, not this command.";
export const options = { "dry-run": { type: "boolean" }, json: { type: "boolean" } } as const;
export const optionHelp = {
  "dry-run": "print which tags are missing and write nothing",
  json: "print the tags as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("promote takes no arguments; it looks at every model.", usage);
  const { tags, failures } = await promote(ports, flags["dry-run"] === true);
  if (flags.json === true) ports.out.print(JSON.stringify(tags, null, 2));
  else for (const { tag, result } of tags) ports.out.print(`${tag}  ${result}`);
  if (failures[0] !== undefined) throw failures[0];
  return tags.some(({ result }) => result === "broken" || result === "format-newer") ? 2 : 0;
}
