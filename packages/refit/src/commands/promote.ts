import { UsageError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import { promote } from "../runs/promote.ts";
import type { Flags } from "./command.ts";
import { pushHelp, pushOptions, sayingPublished } from "./publishing.ts";

export const usage = "refit promote [--push|--no-push] [--dry-run] [--json]";
export const summary =
  "Create tags, releases and alerts from the base branch, and record rollbacks. Merging promotes, not this command.";
export const examples = [
  ["refit promote --dry-run", "what is missing"],
  ["refit promote --push", "create it, on the remote too"],
] as const;
export const options = { ...pushOptions, "dry-run": { type: "boolean" }, json: { type: "boolean" } } as const;
export const optionHelp = {
  ...pushHelp,
  "dry-run": "print which tags are missing and write nothing",
  json: "print the tags as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("promote takes no arguments; it looks at every model.", usage);
  const { tags, failures } = await sayingPublished(ports, () => promote(ports, flags["dry-run"] === true));
  if (flags.json === true) ports.out.print(JSON.stringify(tags, null, 2));
  else for (const { tag, result } of tags) ports.out.print(`${tag}  ${result}`);
  for (const { tag, result } of tags) if (result === "history-rewritten") ports.out.notice(takenTag(tag));
  if (failures[0] !== undefined) throw failures[0];
  return tags.some(({ result }) => result === "broken" || result === "format-newer") ? 2 : 0;
}

/** Not an error: what is live does not depend on tags. */
function takenTag(tag: string): string {
  return `The tag \`${tag}\` is on another commit than the version that it should name, or on no commit, so it was left alone. If it is not wanted there, delete it with \`git tag -d ${tag}\` (on the remote: \`git push origin :refs/tags/${tag}\`) and run \`refit promote\` again.`;
}
