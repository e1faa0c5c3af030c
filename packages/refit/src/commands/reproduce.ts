import { UsageError } from "@refit/core/errors";
import { differenceSentence, visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { Repository } from "../ports/repository.ts";
import { reproduce } from "../runs/reproduce/reproduce.ts";
import type { Reproduction } from "../runs/reproduce/reproduction.ts";
import { readLineage } from "../versions/read-lineage.ts";
import type { Flags } from "./command.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage = "refit reproduce <model>[@vN|@TREE]|<tree> [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
export const summary = "Make a version again from the commit that it was made from, and compare every byte.";
export const examples = [
  ["refit reproduce churn", "the live version"],
  ["refit reproduce churn@v2", "an earlier one"],
] as const;
export const options = { ...limitOption, json: { type: "boolean" } } as const;
export const optionHelp = { ...limitHelp, json: "print the result as JSON" };

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [word, ...more] = args;
  if (word === undefined || more.length > 0) {
    throw new UsageError("reproduce needs one version, such as churn@v3.", usage);
  }
  const repository = await ports.git.locate();
  const [model, wanted] = await versionOf(ports, repository, word);
  const result = await reproduce(ports, repository, model, wanted);
  if (flags.json === true) ports.out.print(JSON.stringify(result, null, 2));
  else for (const line of lines(result)) ports.out.print(line);
  return result.result === "same" || result.result === "rescored" ? 0 : 2;
}

/** A whole tree id says by its own lineage.json which model it is of. */
async function versionOf(
  ports: Pick<Ports, "git" | "files">,
  repository: Repository,
  word: string,
): Promise<[model: string, wanted: string | undefined]> {
  const isTreeId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(word);
  const lineage = isTreeId ? await readLineage(ports, repository, `${word}:lineage.json`) : null;
  if (lineage !== null) return [lineage.model, word];
  return word.split("@") as [string, string | undefined];
}

/** More say no more. */
const mostNamed = 20;

function lines({ model, version, result, title, because, differences }: Reproduction): string[] {
  const more = differences.length - mostNamed;
  return [
    `${model} v${version}: ${result}. ${title}.`,
    ...because.map(({ message }) => `  - ${visibleText(message, 1000)}`),
    ...differences.slice(0, mostNamed).map((difference) => `  - ${differenceSentence(difference)}`),
    ...(more > 0 ? [`  - And ${more} more.`] : []),
  ];
}
