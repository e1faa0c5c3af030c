import type { Command } from "./command.ts";
import type { CommandGroups } from "./index.ts";

/** Options of every command. */
export const commonOptions = {
  help: { type: "boolean", short: "h" },
  directory: { type: "string", short: "C" },
  base: { type: "string" },
  now: { type: "string" },
  forge: { type: "string" },
} as const;

const commonHelp = {
  help: "show the help of the command",
  directory: "run in this folder, like -C",
  base: "name of the base branch; default: the remote's default branch, else main or master",
  now: "use this ISO 8601 time as the current time, for replays",
};

/** Words of the command line that are no commands of their own. */
export const otherWords: Readonly<Record<string, string>> = {
  "help <command>": "Show how to use a command, with examples.",
  "complete <shell>": "Print a script that completes commands, options and models: bash, zsh or fish.",
  version: "Print the version of refit, like -v.",
};

/**
 * The text of `refit help <command>`; `docs/reference/cli.md` is made of it.
 *
 * @param width of the terminal, in characters; a word that is longer stands alone on its line.
 */
export function helpOf(command: Command, width: number): string {
  return [
    ...wrapped(usageParts(command.usage, width - 6), { width, indent: 6 }),
    "",
    ...wrapped(command.summary.split(" "), { width }),
    "",
    "Examples:",
    ...table(command.examples, width),
    "",
    "Options:",
    ...optionTable(command.optionHelp, width),
    "",
    "`refit help` lists the options of every command.",
  ].join("\n");
}

/**
 * The text of `refit help`: all commands with the first sentence about each, and the options of all of them.
 *
 * @param forge what `--forge` does: the registry of forges knows it.
 */
export async function overviewOf(groups: CommandGroups, forge: string, width: number): Promise<string> {
  const parts = await Promise.all(
    Object.entries(groups).map(async ([title, group]) => ({ title, rows: await summaries(group) })),
  );
  const column = Math.max(
    ...[...parts.flatMap(({ rows }) => rows), ...Object.entries(otherWords)].map(([word]) => word.length),
  );
  return [
    "refit <command> [options]",
    "",
    "Git history is the model registry. Merging promotes, reverting rolls back.",
    ...parts.flatMap(({ title, rows }) => ["", `${title}:`, ...table(rows, width, column)]),
    "",
    "Help:",
    ...table(Object.entries(otherWords), width, column),
    "",
    "Options of every command:",
    ...commonOptionTable(forge, width),
  ].join("\n");
}

export function commonOptionTable(forge: string, width: number): string[] {
  return optionTable({ ...commonHelp, forge }, width);
}

async function summaries(group: CommandGroups[string]): Promise<[name: string, summary: string][]> {
  return Promise.all(
    Object.entries(group).map(
      async ([name, load]) => [name, firstSentence((await load()).summary)] as [string, string],
    ),
  );
}

const firstSentence = (text: string) => /^.*?\.(?= |$)/.exec(text)![0];

function optionTable(help: Readonly<Record<string, string>>, width: number): string[] {
  return table(
    Object.entries(help).map(([option, does]) => [`--${option}`, does] as const),
    width,
  );
}

/** Two columns, of which the second is wrapped; a first cell beyond half of the width gets a line of its own. */
function table(rows: readonly (readonly [string, string])[], width: number, column?: number): string[] {
  const half = Math.floor(width / 2);
  const left = column ?? Math.max(0, ...rows.map(([cell]) => cell.length).filter((length) => length <= half));
  return rows.flatMap(([cell, text]) => {
    const lines = wrapped(text.split(" "), { width: width - left - 4 });
    const beside = cell.length <= left;
    const first = beside ? [`  ${cell.padEnd(left)}  ${lines.shift() ?? ""}`.trimEnd()] : [`  ${cell}`];
    return [...first, ...lines.map((line) => `${" ".repeat(left + 4)}${line}`)];
  });
}

/** What stands together in a usage: words, and options in brackets with their value, as far as they fit on one line. */
function usageParts(usage: string, width: number): string[] {
  const parts: string[] = [];
  let depth = 0;
  for (const word of usage.split(" ")) {
    if (depth === 0) parts.push(word);
    else parts[parts.length - 1] += ` ${word}`;
    depth += word.split(/[[(]/).length - word.split(/[\])]/).length;
  }
  return parts.flatMap((part) => (part.length > width ? part.split(" ") : [part]));
}

/** Lines of at most the width, in characters; all but the first are indented. */
function wrapped(
  words: readonly string[],
  { width, indent = 0 }: { readonly width: number; readonly indent?: number },
): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(line === undefined ? word : `${" ".repeat(indent)}${word}`);
  }
  return lines;
}
