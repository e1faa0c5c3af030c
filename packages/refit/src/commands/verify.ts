import { verdictWord, visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { answeringForAll } from "../runs/verify/check-of-all.ts";
import { verifyModels } from "../runs/verify/verify-models.ts";
import type { Verification } from "../runs/verify/verification.ts";
import type { Flags } from "./command.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage = "refit verify [model…] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
export const summary =
  "Check the models that merging HEAD would promote: make them again from the base branch, compare every byte, apply its gates.";
export const examples = [
  ["refit verify", "what merging the checked-out commit would promote"],
  ["refit verify churn --json", "one model, for programs"],
] as const;
export const options = { ...limitOption, json: { type: "boolean" } } as const;
export const optionHelp = { ...limitHelp, json: "print the results as JSON" };

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const verify = async () => {
    const repository = await ports.git.locate();
    for (const notice of repository.notices) ports.out.notice(notice);
    return verifyModels(ports, repository, args);
  };
  // Of some models only, nothing can be said for all.
  const results = await (args.length > 0 ? verify() : answeringForAll(ports, verify));
  if (flags.json === true) ports.out.print(JSON.stringify(results, null, 2));
  else for (const result of results) for (const line of lines(result)) ports.out.print(line);
  return results.some((each) => each.result === "failed") ? 2 : 0;
}

function lines({ model, result, title, problems, weakened, verdict }: Verification): string[] {
  return [
    `${visibleText(model, 200)}: ${result}${verdict === null ? "" : ` (${verdictWord[verdict]})`}. ${visibleText(title, 1000)}.`,
    ...problems.map((problem) => `  - ${visibleText(problem, 1000)}`),
    ...weakened.map(
      (clause) =>
        `  - This change weakens the checks: ${visibleText(clause, 1000)}. Those of the base branch were used.`,
    ),
  ];
}
