import type { ParseArgsConfig } from "node:util";
import type { QuietRun } from "../ports/quiet-runs.ts";
import type { Ports } from "../ports/index.ts";

export type LastQuietRun = (models: readonly string[]) => Promise<QuietRun | null>;

/** Values of the options of all commands, by their word on the command line. */
export interface Flags {
  readonly json?: boolean;
  readonly push?: boolean;
  readonly "no-push"?: boolean;
  readonly offline?: boolean;
  readonly "dry-run"?: boolean;
  readonly "time-format"?: string;
  readonly all?: boolean;
  readonly force?: string;
  readonly classifier?: boolean;
  readonly "no-score"?: boolean;
  readonly "fail-on"?: string;
  readonly candidates?: string;
  readonly candidate?: readonly string[];
  readonly by?: string;
  readonly jobs?: string;
  readonly parallel?: string;
  readonly out?: string;
  readonly output?: string;
  readonly input?: string;
  readonly format?: string;
  readonly version?: string;
  readonly rows?: string;
  readonly view?: readonly string[];
  readonly port?: string;
  readonly host?: string;
  readonly poll?: string;
  readonly log?: string;
  readonly "log-sample"?: string;
  readonly "log-keys"?: string;
  readonly "canary-limit"?: string;
  readonly "older-than"?: string;
  readonly reason?: string;
  readonly limit?: string;
  readonly last?: boolean;
  readonly open?: boolean;
  readonly to?: string;
  readonly at?: string;
  readonly data?: string;
  readonly target?: string;
  readonly time?: string;
  readonly model?: string;
  readonly learner?: string;
  readonly python?: string;
  readonly onnx?: string;
  readonly predictions?: string;
  readonly "trained-until"?: string;
  readonly example?: boolean;
  readonly github?: boolean;
  readonly workflow?: string;
  readonly action?: string;
  readonly overwrite?: readonly string[];
  readonly policy?: readonly string[];
  readonly search?: boolean;
  readonly propose?: boolean;
  readonly from?: string;
  readonly every?: string;
  readonly "label-delay-days"?: string;
  readonly "budget-minutes"?: string;
  readonly base?: string;
  readonly head?: string;
  readonly affected?: string;
  readonly forge?: string;
  readonly key?: string;
  readonly "passphrase-env"?: string;
  readonly signature?: string;
  readonly certificate?: string;
  readonly chain?: readonly string[];
  readonly root?: readonly string[];
  readonly checksums?: boolean;
  readonly bom?: boolean;
  readonly predicate?: boolean;
  readonly attest?: boolean;
  readonly pages?: boolean;
  readonly step?: boolean;
  readonly promote?: boolean;
  readonly stop?: boolean;
}

/** What each file of this folder exports. The door parses the words, prints errors and sets the exit code. */
export interface Command {
  readonly usage: string;
  /** One sentence. */
  readonly summary: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** A few of its uses, from the simplest on: what to type, and what it does, as one clause. */
  readonly examples: readonly (readonly [words: string, does: string])[];
  /** What each option does, as one clause. */
  readonly optionHelp: Readonly<Record<string, string>>;
  /** Words that may stand as its argument, where the usage does not list them. */
  readonly argumentWords?: readonly string[];
  /** Whether it only reads, and asks the forge that keeps the remote unless `--offline` is set. */
  readonly asksForge?: true;
  /**
   * What it would print, with exit code 0, where that is known without the adapters; `null`: run it.
   *
   * @param lastQuiet the last quiet run of the models, while all that it looked at looks the same.
   */
  recall?(lastQuiet: LastQuietRun, args: readonly string[], flags: Flags): Promise<string | null>;
  /** @returns the exit code. */
  run(ports: Ports, args: readonly string[], flags: Flags): Promise<number>;
}
