import { UsageError } from "@refit/core/errors";
import { diagnose } from "../runs/doctor/diagnose.ts";
import type { Ports } from "../ports/index.ts";
import type { Flags } from "./command.ts";

export const usage = "refit doctor [--json]";
export const summary =
  "Check for problems that will cause trouble later: settings, history, sizes, columns; each with a fix.";
export const examples = [
  ["refit doctor", "look at everything"],
  ["refit doctor --json", "for programs"],
] as const;
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print the findings as JSON" };

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("doctor takes no arguments.", usage);
  const diagnoses = await diagnose(ports);
  if (flags.json === true) {
    ports.out.print(JSON.stringify(diagnoses, null, 2));
    return diagnoses.some((each) => each.severity === "error") ? 2 : 0;
  }
  for (const { severity, what, fix } of diagnoses) ports.out.print(`${severity}: ${what}\n  ${fix}`);
  if (diagnoses.length === 0) ports.out.print("No problems found.");
  return diagnoses.some((each) => each.severity === "error") ? 2 : 0;
}
