import { visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import type { ProbedVersion } from "../runs/probe-version.ts";
import type { Flags } from "./command.ts";
import { namedOrAll } from "./named-or-all.ts";

export const usage = "refit probes [model…] [--json]";
export const summary =
  "Check that the versions in the work tree are complete, and predict their probe rows as they did after training.";
export const examples = [
  ["refit probes", "every model of the work tree"],
  ["refit probes churn --json", "one model, for programs"],
] as const;
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print the results as JSON" };

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const repository = await ports.git.withoutHistory();
  const models = await namedOrAll(ports, repository, args);
  const { probeVersion } = await import("../runs/probe-version.ts");
  const results: ProbedVersion[] = [];
  for (const model of models) results.push(await probeVersion(ports, repository, model));
  if (flags.json === true) ports.out.print(JSON.stringify(results, null, 2));
  else for (const result of results) ports.out.print(line(result));
  return results.some(({ result }) => result === "other") ? 2 : 0;
}

function line({ model, result, rows, why }: ProbedVersion): string {
  if (result === "same") return `${model}: same predictions for ${rows} probe rows.`;
  return `${model}: ${result === "none" ? "no probe rows" : "other predictions"}. ${visibleText(why!, 1000)}`;
}
