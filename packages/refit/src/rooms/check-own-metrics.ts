import { specPath } from "@refit/core/history";
import path from "node:path";
import type { TargetSpec } from "@refit/core/data";
import { MetricInvalidError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import type { RowContext } from "../products/context.ts";
import { modelAnswers, type Measurable } from "../scoring/model-answers.ts";
import { decodeText } from "../text.ts";

/** Rows of the table, with predictions for them. */
interface Answers {
  readonly rows: Uint32Array;
  readonly predictions: Float64Array;
}

/** Without rows an expression is checked as such, and computed for none. */
const none: Answers = { rows: new Uint32Array(0), predictions: new Float64Array(0) };

/**
 * Checks the expressions of the model's own metrics before anything is trained.
 *
 * @throws MetricInvalidError with the place in model.yaml, MetricValueError
 */
export async function checkOwnMetrics(
  ports: Pick<Ports, "files" | "git">,
  context: RowContext,
  { table, target }: Pick<Measurable, "table"> & { readonly target: TargetSpec },
  { rows, predictions }: Answers = none,
): Promise<void> {
  try {
    await modelAnswers({ spec: context.spec, table }, target, rows, predictions);
  } catch (error) {
    throw error instanceof MetricInvalidError ? await located(ports, context, error) : error;
  }
}

async function located(
  ports: Pick<Ports, "files" | "git">,
  context: RowContext,
  { metric, problem, at, cause }: MetricInvalidError,
): Promise<MetricInvalidError> {
  const file = specPath(context.request.model, context.repository);
  const text = await textOf(ports, context, file);
  const { placeInText } = await import("../specs/place-in-text.ts");
  const place = text === null ? null : placeInText(text, ["metrics", "own", metric, "row"], at);
  return new MetricInvalidError(
    metric,
    problem,
    place === null ? at : { file, line: place.line, column: place.column },
    { cause },
  );
}

async function textOf(
  { files, git }: Pick<Ports, "files" | "git">,
  { repository, request }: RowContext,
  file: string,
): Promise<string | null> {
  const bytes = request.dryRun
    ? await files.read(path.join(repository.root, file))
    : (await git.read([`${repository.baseCommit}:${file}`]))[0];
  return bytes ? decodeText(bytes) : null;
}
