import { UsageError } from "@refit/core/errors";
import { nearest } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";

export const usage = "refit explain <word> [--json]";
export const summary =
  "Explain a word that refit prints: the code of an error or a finding, a decision, a verdict, a reason, a metric or a term. Needs no network.";
export const examples = [
  ["refit explain shallow-clone", "an error"],
  ["refit explain rocAuc", "a metric"],
] as const;
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print the meanings as JSON; without a word, all words" };

const width = 80;

export async function run({ out }: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [{ pages }, { explanationLines, explanationsIn, explanationsOf, similarWords }] = await Promise.all([
    import("../runs/explain/pages.ts"),
    import("../runs/explain/explanations.ts"),
  ]);
  const all = explanationsIn(pages);
  const words = [...new Set(all.map(({ word }) => word))];
  const word = args.join(" ");
  if (word === "" && flags.json !== true) throw new UsageError("explain needs a word, such as shallow-clone.", usage);
  const found = word === "" ? all : explanationsOf(word, all);
  if (found.length === 0) {
    const near = similarWords(word, words, nearest(word, words));
    const meant = near.length === 0 ? "" : ` Did you mean ${near.map((each) => `"${each}"`).join(", ")}?`;
    throw new UsageError(`There is no explanation of "${word}".${meant}`, usage);
  }
  if (flags.json === true) out.print(JSON.stringify(found, null, 2));
  else
    for (const [i, one] of found.entries())
      for (const line of [...(i === 0 ? [] : [""]), ...explanationLines(one, width)]) out.print(line);
  return 0;
}
