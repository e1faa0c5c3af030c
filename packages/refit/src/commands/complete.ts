import { UsageError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import { workTreeModels } from "../versions/work-tree-models.ts";
import type { Command } from "./command.ts";
import { completionScripts } from "./completion-scripts.ts";
import { commonOptions, otherWords } from "./help.ts";
import { commands } from "./index.ts";

/** A word that may stand there, and what it means. */
export type Suggestion = readonly [word: string, meaning: string];

/**
 * The text of `refit complete <shell>`, a script for that shell, or of `refit complete -- WORD…`, which the script asks: what may stand in
 * place of the last word, one suggestion a line, with its meaning after a tab. Nothing: the shell offers files.
 *
 * @param openPorts in the current folder; asked where a model may stand.
 */
export async function complete(words: readonly string[], openPorts: () => Promise<Ports>): Promise<string> {
  const [shell = "", ...typed] = words;
  if (shell === "--") {
    const found = await suggestions(typed, () => modelsHere(openPorts));
    return found.map(([word, meaning]) => `${word}\t${meaning}\n`).join("");
  }
  if (typed.length === 0 && Object.hasOwn(completionScripts, shell)) return completionScripts[shell]!;
  throw new UsageError("complete needs a shell.", `refit complete ${Object.keys(completionScripts).join("|")}`);
}

/** None where there is no repository: whoever presses a key is not told why. */
async function modelsHere(openPorts: () => Promise<Ports>): Promise<readonly string[]> {
  try {
    const ports = await openPorts();
    return await workTreeModels(ports, await ports.git.locate());
  } catch {
    return [];
  }
}

/**
 * @param typed what stands after `refit`; the last word is the one to complete, and may be empty.
 * @param models names of the models that there are.
 */
export async function suggestions(
  typed: readonly string[],
  models: () => Promise<readonly string[]>,
): Promise<readonly Suggestion[]> {
  const words = typed.filter((word) => word !== "="); // bash splits there
  const current = words.at(-1) ?? "";
  const found = await candidates(words.slice(0, -1), current, models);
  return found.filter(([word]) => word.startsWith(current));
}

async function candidates(
  before: readonly string[],
  current: string,
  models: () => Promise<readonly string[]>,
): Promise<readonly Suggestion[]> {
  const [name, ...rest] = before;
  if (name === undefined) return [...(await summaries()), ...helpWords()];
  if (name === "help") return rest.length === 0 ? summaries() : [];
  if (name === "complete") return rest.length === 0 ? Object.keys(completionScripts).map((word) => [word, ""]) : [];
  if (!Object.hasOwn(commands, name)) return [];
  const command = await commands[name]!();
  const options = { ...command.options, ...commonOptions } as Command["options"];
  const isValue = (word: string | undefined) => word !== undefined && options[optionName(word)]?.type === "string";
  const [option, value] = current.startsWith("--") && current.includes("=") ? current.split("=") : [];
  if (value !== undefined) return named(valuesOf(command.usage, option!).map((word) => `${option}=${word}`));
  if (isValue(rest.at(-1))) {
    return named(rest.at(-1) === "--model" ? await models() : valuesOf(command.usage, rest.at(-1)!));
  }
  if (current.startsWith("-")) {
    const unused = Object.keys(options).filter(
      (word) => options[word]!.multiple === true || !rest.includes(`--${word}`),
    );
    return unused.map((word) => [`--${word}`, command.optionHelp[word] ?? ""]);
  }
  const arguments_ = rest.filter((word, i) => !word.startsWith("-") && !isValue(rest[i - 1]));
  if (command.argumentWords !== undefined) return named(arguments_.length === 0 ? command.argumentWords : []);
  return named(await argumentsOf(command.usage, arguments_, models));
}

const named = (words: readonly string[]): readonly Suggestion[] => words.map((word) => [word, ""]);

const optionName = (word: string) => (word === "-C" ? "directory" : word.replace(/^--/, ""));

async function summaries(): Promise<readonly Suggestion[]> {
  return Promise.all(Object.entries(commands).map(async ([name, load]) => [name, (await load()).summary] as const));
}

const helpWords = (): readonly Suggestion[] =>
  Object.entries(otherWords).map(([words, does]) => [words.split(" ")[0]!, does] as const);

/** The words that a usage offers for an option, such as `--to onnx|mlflow`. */
function valuesOf(usage: string, option: string): readonly string[] {
  const offered = usage.split(`${option} `)[1]?.split(/[\s\])]/)[0] ?? "";
  return offered.includes("|") ? offered.split("|") : [];
}

/** What may stand as an argument: models, or the words that the usage offers. */
async function argumentsOf(
  usage: string,
  before: readonly string[],
  models: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const first = usage.split(" ")[2] ?? "";
  if (/^[<[]model[>…\]]/.test(first)) {
    if (before.length > 0 && !first.includes("…")) return [];
    return (await models()).filter((model) => !before.includes(model));
  }
  if (before.length > 0 || /^[[(<-]?[-<]/.test(first)) return [];
  return first.replace(/[[\]]/g, "").split("|");
}
