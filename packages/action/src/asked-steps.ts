import type { CommandName } from "./choose-commands.ts";
import type { Inputs } from "./inputs.ts";
import type { AskedRun } from "./result.ts";

/** A command, and what it is called with. */
export interface CommandStep {
  readonly command: CommandName;
  readonly inputs: Inputs;
}

/** What follows where boxes were ticked: as after a start by hand, what was merged is promoted first. Pure. */
export function stepsAskedFor({ models, due, reason }: AskedRun, inputs: Inputs): CommandStep[] {
  const forced = { ...inputs, models, forceReason: reason };
  const all = { ...inputs, models: [], forceReason: null };
  return [
    { command: "promote", inputs },
    ...(models.length > 0 ? [{ command: "run", inputs: forced } as const] : []),
    ...(due ? [{ command: "run", inputs: all } as const] : []),
  ];
}
