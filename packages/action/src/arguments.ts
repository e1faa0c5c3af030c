import path from "node:path";
import type { CommandName } from "./choose-commands.ts";
import { InputError } from "./input-error.ts";
import type { Inputs } from "./inputs.ts";
import type { Trigger } from "./trigger.ts";

/** Words for the command line of `refit`. Values follow their option with `=`, names follow `--`. */
export function argumentsOf(command: CommandName, inputs: Inputs, trigger: Trigger): string[] {
  const { models, dryRun } = inputs;
  const base = trigger.baseBranch === null ? [] : [`--base=${trigger.baseBranch}`];
  const words = [command, "--json", ...base];
  const writes = dryRun ? ["--dry-run"] : ["--push"];
  const reason = inputs.forceReason ?? (trigger.startedBy && `started by hand by ${trigger.startedBy}`);
  const force = reason === null ? [] : [`--force=${reason}`];
  switch (command) {
    case "run": {
      const candidates = inputs.candidates === null ? [] : [`--candidates=${inputs.candidates}`];
      return [...words, ...writes, ...force, ...candidates, "--", ...models];
    }
    case "plan":
      return [...words, "--by=candidate", ...force, "--", ...models];
    case "train": {
      const single = inputs.digests.map((digest) => `--candidate=${digest}`);
      return [...words, ...force, ...single, `--out=${inputs.candidates}`, "--", ...models];
    }
    case "choose": {
      // Below what was trained, so that one input names both places.
      const out = path.join(inputs.candidates!, "chosen");
      return [...words, ...force, `--candidates=${inputs.candidates}`, `--out=${out}`, "--", ...models];
    }
    case "verify":
      return [...words, "--", ...models];
    case "promote":
    case "dashboard":
      return [...words, ...writes];
    case "rollback": {
      const [name, ...more] = models;
      if (name === undefined || more.length > 0) {
        throw new InputError("rollback takes one model: `models: churn`, or `models: churn@v3` for a certain version.");
      }
      const [model, version] = name.split("@") as [string, string?];
      return [...words, ...writes, ...(version === undefined ? [] : [`--to=${version}`]), "--", model];
    }
    case "status":
    case "doctor":
      return words;
  }
}
