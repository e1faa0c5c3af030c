/** What the reference says of a command. */
export interface CommandFacts {
  readonly usage: string;
  readonly summary: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly optionHelp: Readonly<Record<string, string>>;
}

const opening = `# Command line

Every command answers \`--help\` and prints \`--json\` for programs; where it writes, \`--dry-run\` shows what it would do.
Results go to stdout, progress and notices to stderr.

| exit code | meaning |
|---|---|
| 0 | done; a proposal, nothing to do and a failed gate are all answers |
| 1 | a bug in refit |
| 2 | a foreseen failure, with its code and a page in [errors](../errors/); or a model was trained that must not be promoted, for what is listed in [findings](findings.md); or a version differs from what its inputs make |
| 3 | the data are broken; the champion stays |
| 137 | a foreseen failure, data-limit, of a statement that only the end of the process could stop |
`;

/** `docs/reference/cli.md`: the `--help` of every command, word for word. */
export function cliReference(commands: readonly { readonly name: string; readonly help: string }[]): string {
  return [opening, ...commands.map(({ name, help }) => `## ${name}\n\n\`\`\`text\n${help}\n\`\`\`\n`)].join("\n");
}

/** What every command owes its users, as sentences about what is missing. */
export function missingFrom(name: string, command: CommandFacts, writes: boolean): readonly string[] {
  const { usage, summary, options, optionHelp } = command;
  const owed = writes ? ["json", "dry-run"] : ["json"];
  return [
    ...(new RegExp(`^refit ${name}( |$)`).test(usage) ? [] : [`${name}: the usage does not begin with its name`]),
    ...(/^[A-Z].*\.$/.test(summary) ? [] : [`${name}: the summary is not a sentence`]),
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
