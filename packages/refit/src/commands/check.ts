import { answerOf, type CheckAnswer } from "@refit/core/answers";
import type { Finding } from "@refit/core/data";
import { type FailedModel, moreAbout } from "@refit/core/errors";
import { visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { checkModel, type ModelCheck } from "../runs/check.ts";
import { orFailed } from "../runs/or-failed.ts";
import type { Flags } from "./command.ts";
import { limitHelp, limitOption } from "./limits.ts";
import { namedOrAll } from "./named-or-all.ts";

export const usage = "refit check [model…] [--memory SIZE] [--limit NAME=NUMBER]… [--json]";
export const summary =
  "Check models, data and features of the work tree, without history and without training: rules, leaks, use of data from the future.";
export const examples = [
  ["refit check", "every model of the work tree"],
  ["refit check churn --json", "one model, for programs"],
] as const;
export const options = { ...limitOption, json: { type: "boolean" } } as const;
export const optionHelp = {
  ...limitHelp,
  json: "print the findings as JSON: of one named model an object, else a list",
};

interface FailedCheck {
  readonly model: string;
  readonly error: FailedModel;
}

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const repository = await ports.git.withoutHistory();
  const models = await namedOrAll(ports, repository, args);
  const checks: (ModelCheck | FailedCheck)[] = [];
  for (const model of models) {
    const one = (): Promise<ModelCheck | FailedCheck> => checkModel(ports, repository, model);
    const oneOfSeveral = () => ports.naming.about(model, () => orFailed(one, (error) => ({ model, error })));
    const check = await (models.length === 1 ? one() : oneOfSeveral());
    if (flags.json !== true) for (const line of lines(check)) ports.out.print(line);
    checks.push(check);
  }
  if (flags.json === true)
    ports.out.print(JSON.stringify(answerOf(args.length === 1 ? checks[0]! : checks) satisfies CheckAnswer, null, 2));
  return Math.max(0, ...checks.map(exitCodeOf));
}

function exitCodeOf(check: ModelCheck | FailedCheck): number {
  if ("error" in check) return 2;
  const blocks = check.findings.some(({ severity }) => severity !== "warning");
  return blocks ? (check.prepared === null ? 3 : 2) : 0;
}

function lines(check: ModelCheck | FailedCheck): string[] {
  if ("error" in check) {
    const { code, message, hint } = check.error;
    const [first = "", ...more] = message.split("\n").map((line) => visibleText(line, 1000));
    return [
      `${check.model}: ${first}`,
      ...more.map((line) => `  ${line}`),
      `  ${visibleText(hint, 1000)}`,
      `  ${moreAbout(code)}`,
    ];
  }
  const { model, findings, prepared } = check;
  const told = findings.map((finding) => {
    const { severity, code, message } = finding;
    return `  ${severity} ${code}: ${visibleText(message, 1000)}${acceptedClause(finding)}`;
  });
  if (prepared === null) return [`${model}: the checks of the data block it, so nothing was prepared.`, ...told];
  const { rows, features, hasTime, compared } = prepared;
  const future =
    compared > 0
      ? `${compared} rows were prepared again with later data altered, to find features that use the future.`
      : hasTime
        ? "Features cannot use the future: each is computed from its own row, or from data without a later time."
        : "Not tested for use of the future: without `time` in model.yaml it is not known which data came later.";
  return [`${model}: ${rows} rows prepared, ${features.length} columns become features. ${future}`, ...told];
}

/** Who accepted it stands in the history, which is not read. */
const acceptedClause = ({ accepted }: Finding) =>
  accepted === undefined ? "" : ` Accepted: ${visibleText(accepted.reason, 1000)}.`;
