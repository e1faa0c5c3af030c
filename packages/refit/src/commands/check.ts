import { UsageError } from "@refit/core/errors";
import { acceptedWords, terminalText, visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { checkModel, type ModelCheck } from "../runs/check.ts";
import type { Flags } from "./command.ts";
import { limitHelp, limitOption } from "./limits.ts";

export const usage = "refit check <model> [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
export const summary =
  "Check the data and the features of the work tree: declared rules, leaks, and whether a feature knows the future.";
export const options = { ...limitOption, json: { type: "boolean" } } as const;
export const optionHelp = { ...limitHelp, json: "print the findings as JSON" };

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  if (model === undefined || more.length > 0) throw new UsageError("check needs one model.", usage);
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  const check = await checkModel(ports, repository, model);
  if (flags.json === true) ports.out.print(JSON.stringify(check, null, 2));
  else for (const line of lines(check)) ports.out.print(line);
  const blocks = check.findings.some(({ severity }) => severity !== "warning");
  return blocks ? (check.prepared === null ? 3 : 2) : 0;
}

function lines({ model, findings, prepared }: ModelCheck): string[] {
  const told = findings.map((finding) => {
    const { severity, code, message } = finding;
    return `${severity} ${code}: ${visibleText(message, 1000)}${terminalText(acceptedWords(finding))}`;
  });
  if (prepared === null) return [...told, `${model}: the data block, so nothing was prepared.`];
  const { rows, features, hasTime, compared } = prepared;
  const future =
    compared > 0
      ? `${compared} rows were compared while the future was altered.`
      : hasTime
        ? "The future was not altered: no feature is made of other rows than its own that come after its time."
        : "The future was not altered: without `time` in model.yaml nothing says what was known when, so features may use it.";
  return [...told, `${model}: ${rows} rows prepared, ${features.length} columns become features. ${future}`];
}
