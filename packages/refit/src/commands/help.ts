import type { Command } from "./command.ts";

/** Options of every command. */
export const commonOptions = {
  help: { type: "boolean", short: "h" },
  directory: { type: "string", short: "C" },
  base: { type: "string" },
  now: { type: "string" },
  forge: { type: "string" },
} as const;

const commonHelp = {
  help: "show this help",
  directory: "run in this folder",
  base: "name of the base branch; default: the remote's default branch, else main or master",
  now: "use this ISO 8601 time as the current time, for replays",
};

/**
 * The text of `refit <command> --help`; `docs/reference/cli.md` is made of it.
 *
 * @param forge what `--forge` does: the registry of forges knows it.
 */
export function helpOf(command: Command, forge: string): string {
  const rows = Object.entries({ ...command.optionHelp, ...commonHelp, forge, ...command.optionHelp });
  const width = Math.max(...rows.map(([option]) => option.length));
  const lines = rows.map(([option, help]) => `  --${option.padEnd(width)}  ${help}`);
  return [command.usage, "", command.summary, "", "Options:", ...lines].join("\n");
}
