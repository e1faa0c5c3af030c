import { listModels } from "../models.ts";
import type { Ports } from "../ports.ts";
import { verifyModel, type Verification } from "../verify.ts";
import type { Flags } from "./command.ts";

export const usage = "refit verify [model…] [--json]";
export const summary = "Check what merging HEAD would promote: digests, recomputed metrics, and the base branch's bar.";
export const options = { json: { type: "boolean" } } as const;
export const optionHelp = { json: "print the results as JSON" };

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const models = args.length > 0 ? args : await listModels(ports, repository);
  const results: Verification[] = [];
  for (const model of models) results.push(await verifyModel(ports, repository, model, "HEAD"));
  if (flags.json === true) {
    ports.out.print(JSON.stringify(results, null, 2));
  } else {
    for (const { model, result, problems, verdict } of results) {
      ports.out.print(`${model}: ${result}${verdict === null ? "" : ` (${verdict})`}`);
      for (const problem of problems) ports.out.print(`  - ${problem}`);
    }
  }
  return results.some((each) => each.result === "failed") ? 2 : 0;
}
