import { parseArgs, type ParseArgsConfig } from "node:util";

/** What the reference says of a command. */
export interface CommandFacts {
  readonly usage: string;
  readonly summary: string;
  readonly examples: readonly (readonly [words: string, does: string])[];
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  readonly optionHelp: Readonly<Record<string, string>>;
}

const opening = `# Command line

Every command has \`--help\`, which \`refit help <command>\` prints too, and prints \`--json\` for programs ([what each of them prints](json.md)); where it writes, \`--dry-run\` shows what it would do.
Results go to stdout, progress and notices to stderr. On a terminal, tables and sentences fit its width. In a pipe or a log nothing is wrapped, cut or left out;
\`COLUMNS=80\` in the environment asks for lines of that width there too.

To complete commands, options and models when the tabulator key is pressed, put one line where your shell starts:

| shell | file | line |
|---|---|---|
| bash | \`~/.bashrc\` | \`source <(refit complete bash)\` |
| zsh | \`~/.zshrc\`, after \`compinit\` | \`source <(refit complete zsh)\` |
| fish | \`~/.config/fish/config.fish\` | \`refit complete fish | source\` |

| exit code | meaning |
|---|---|
| 0 | done; a proposal, nothing to do and a failed gate are all answers |
| 1 | a bug in refit |
| 2 | a foreseen failure, with its code and a page in [errors](../errors/); or a model was trained that must not be promoted, for what is listed in [findings](findings.md); or a version differs from what its inputs make |
| 3 | the data are broken; the champion stays |
| 4 | \`refit status --fail-on attention\`: something needs a person; a proposal or a rejected candidate does after 7 days |
| 137 | a foreseen failure, data-limit, of a statement that only the end of the process could stop |
`;

/** `docs/reference/cli.md`: `refit help`, and the help of every command, word for word. */
export function cliReference(
  overview: string,
  commands: readonly { readonly name: string; readonly help: string }[],
): string {
  return [opening, asText(overview), ...commands.map(({ name, help }) => `## ${name}\n\n${asText(help)}`)].join("\n");
}

const asText = (help: string) => `\`\`\`text\n${help}\n\`\`\`\n`;

/** What every command owes its users, as sentences about what is missing. */
export function missingFrom(name: string, command: CommandFacts, writes: boolean): readonly string[] {
  const { usage, summary, examples, options, optionHelp } = command;
  const owed = writes ? ["json", "dry-run"] : ["json"];
  return [
    ...(new RegExp(`^refit ${name}( |$)`).test(usage) ? [] : [`${name}: the usage does not begin with its name`]),
    ...(/^[A-Z].*\.$/.test(summary) ? [] : [`${name}: the summary is not a sentence`]),
    ...(examples.length > 0 ? [] : [`${name}: no example`]),
    ...examples.flatMap(([words]) => exampleProblems(name, words, options)),
    ...owed.filter((option) => !(option in options)).map((option) => `${name}: no --${option}`),
    ...Object.keys(options).flatMap((option) => [
      ...(optionHelp[option] ? [] : [`${name}: --${option} has no help`]),
      ...(usage.includes(`--${option}`) ? [] : [`${name}: --${option} is not in the usage`]),
    ]),
    ...Object.keys(optionHelp)
      .filter((option) => !(option in options))
      .map((option) => `${name}: there is no --${option}`),
  ];
}

/** An example that cannot be typed: it names another command, or an option that there is not. */
function exampleProblems(name: string, words: string, options: CommandFacts["options"]): readonly string[] {
  const typed = /^refit (\S+) ?(.*?)(?: [<>] \S+)?$/.exec(words);
  if (typed?.[1] !== name) return [`${name}: the example "${words}" is of another command`];
  const args = typed[2]!.match(/"[^"]*"|\S+/g) ?? [];
  try {
    parseArgs({ args, options, allowPositionals: true, strict: true });
    return [];
  } catch (error) {
    return [`${name}: the example "${words}" cannot be read: ${(error as Error).message}`];
  }
}
