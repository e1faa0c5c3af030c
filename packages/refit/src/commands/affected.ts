import type { AffectedAnswer, AffectedModel, AffectedReason, OutdatedPart } from "@refit/core/affected";
import { UsageError } from "@refit/core/errors";
import { counted, visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";
import { failedLines } from "./failed-lines.ts";

export const usage = "refit affected [--base REF] [--head REF] [--json]";
export const summary =
  "Show which models a change retrains or touches, and which live versions were already trained on other inputs. Reads git objects only, and no data.";
export const examples = [
  ["refit affected", "of what is committed since the base branch"],
  ["refit affected --base HEAD~1 --json", "of the last commit, for programs"],
] as const;
export const options = {
  base: { type: "string" },
  head: { type: "string" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  base: "commit or branch to compare with: changes since the newest commit that it and the head have in common; default: the base branch",
  head: "commit or branch with the changes; default: what is checked out",
  json: "print the models, the reasons and what is not known as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("affected takes no arguments; it looks at every model.", usage);
  const { affectedModels } = await import("../runs/affected/affected.ts");
  const answer = await affectedModels(ports, { base: flags.base ?? null, head: flags.head ?? null, usage });
  if (flags.json === true) ports.out.print(JSON.stringify(answer, null, 2));
  else for (const line of lines(answer)) ports.out.print(line);
  return answer.failed.length > 0 ? 2 : 0;
}

function lines({ base, head, files, models, outdated, unseen, unresolved, failed }: AffectedAnswer): string[] {
  const between = `${base.slice(0, 10)}..${head.slice(0, 10)}: ${counted(files, "file")} changed`;
  const told = models.length === 0 ? "no model is affected" : `${counted(models.length, "model")} affected`;
  return [
    `${between}, ${told}.`,
    ...models.flatMap(({ model, effect, reasons }) => [`${model}: ${effectWords[effect]}`, ...reasonLines(reasons)]),
    ...outdatedLines(outdated),
    ...unseenLines(unseen),
    ...unresolved.map(({ path, line, text }) => `Not followed: ${visibleText(`${path}:${line}: ${text}`, 400)}`),
    ...failed.flatMap(({ model, error }) => failedLines(`${model}: failed`, error)),
  ];
}

const effectWords: Readonly<Record<AffectedModel["effect"], string>> = {
  retrain: "retrain, because its inputs changed.",
  touch: "touched. Its inputs are the same, so this alone does not retrain it.",
  removed: "removed.",
};

const kindWords: Readonly<Record<AffectedReason["kind"], string>> = {
  spec: "settings",
  manifest: "data manifest",
  view: "feature view",
  data: "data",
  table: "further table",
  code: "training code",
  rowFile: "a file that rows may name",
  import: "imported by its code",
  new: "a new model",
  removed: "a removed model",
};

/** The first few of each kind. */
function reasonLines(reasons: readonly AffectedReason[]): string[] {
  const byKind = grouped(reasons, ({ kind }) => kind);
  return [...byKind].map(
    ([kind, each]) =>
      `  ${kindWords[kind as AffectedReason["kind"]]}: ${fewOf(each.map(({ path }) => visibleText(path, 200)))}`,
  );
}

const partWords: Readonly<Record<OutdatedPart, string>> = {
  "never-trained": "no version is live",
  spec: "other settings",
  manifest: "another data manifest",
  code: "other training code",
  learner: "another version of the learner",
  data: "other data",
};

function outdatedLines(outdated: AffectedAnswer["outdated"]): string[] {
  const byParts = grouped(outdated, ({ because }) => because.map((part) => partWords[part]).join(", "));
  return [...byParts].map(
    ([parts, each]) => `Due, but not because of this change: ${fewOf(each.map(({ model }) => model))} (${parts}).`,
  );
}

function unseenLines(unseen: AffectedAnswer["unseen"]): string[] {
  if (unseen.length === 0) return [];
  const models = fewOf(unseen.map(({ model }) => model));
  return [`Not known, since their data are not all in git: ${models}. \`refit plan\` looks at all data.`];
}

function fewOf(names: readonly string[]): string {
  const shown = names.length > 5 ? names.slice(0, 4) : names;
  const more = names.length - shown.length;
  return more === 0 ? shown.join(", ") : `${shown.join(", ")} and ${more} more`;
}

function grouped<T>(all: readonly T[], keyOf: (each: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}
