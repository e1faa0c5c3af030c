import { FeatureConflictError, UnknownColumnError } from "../errors/feature-errors.ts";
import { quoted } from "../errors/name-words.ts";
import type { CandidateSettings } from "../learners/learner-settings.ts";
import type { FeatureSpec, IgnoredReason } from "./feature-spec.ts";

/** A column that a candidate's settings name. */
interface NamedColumn {
  /** The key that names it, such as `candidates[0].monotone`. */
  readonly where: string;
  readonly name: string;
  /** The setting asks for an order of its values. */
  readonly isOrdered: boolean;
}

/** Reasons that lie in the rows: the next ones may make a feature of the column, so that what is asked of it stays right. */
const passing: readonly IgnoredReason[] = ["constant", "identifier"];

/**
 * Columns that settings of trees name, `monotone` and `interactions`, must be features that can do what is asked.
 *
 * @throws UnknownColumnError, FeatureConflictError
 */
export function checkCandidateColumns(
  candidates: readonly CandidateSettings[],
  { features, inputs, ignored }: Pick<FeatureSpec, "features" | "inputs" | "ignored">,
): void {
  checkFileReaders(candidates, features);
  const named = candidates.flatMap(namedColumns);
  const columns = [...inputs, ...ignored].map(({ name }) => name);
  const known = new Set([...columns, ...features.map(({ name }) => name)]);
  const unknown = named.filter(({ name }) => !known.has(name));
  if (unknown.length > 0) throw new UnknownColumnError(unknown, columns);

  const reasons = new Map(ignored.map(({ name, reason }) => [name, reason]));
  for (const { where, name, isOrdered } of named) {
    const conflict = (why: string) => new FeatureConflictError(`\`${where}\` names ${quoted(name)}, ${why}.`);
    const reason = reasons.get(name);
    if (reason !== undefined && !passing.includes(reason)) throw conflict(`which is not a feature (${reason})`);
    if (!isOrdered) continue;
    const feature = features.find((each) => each.name === name);
    if (feature?.kind === "categorical") throw conflict("whose categories have no order");
    if (reason === undefined && feature === undefined) {
      throw conflict(`a date, of which only calendar parts are features; name one, such as ${quoted(`${name}.month`)}`);
    }
  }
}

/** Files are read by programs; `predictions` knows its answers by key. */
function checkFileReaders(candidates: readonly CandidateSettings[], features: FeatureSpec["features"]): void {
  const files = features.filter(({ kind }) => kind === "file").map(({ name }) => name);
  if (files.length === 0) return;
  for (const [i, { learner, onnx }] of candidates.entries()) {
    if (learner === "predictions" || (learner === "command" && onnx === undefined)) continue;
    const who =
      learner === "command"
        ? `\`candidates[${i}]\` is an ONNX model, which cannot read them: name a \`predict\` instead of \`onnx\``
        : `\`candidates[${i}]\`, ${learner}, cannot read them: use \`learner: command\`, with a program that does`;
    const names = files.map((name) => quoted(name)).join(", ");
    const out = files.map((name) => JSON.stringify(name)).join(", ");
    throw new FeatureConflictError(
      `Files are features here (${names}), and ${who}, or leave them out with \`features: { exclude: [${out}] }\`.`,
    );
  }
}

function namedColumns({ monotone, interactions }: CandidateSettings, index: number): NamedColumn[] {
  const at = (key: string) => `candidates[${index}].${key}`;
  const groups = Array.isArray(interactions) ? (interactions as readonly (readonly string[])[]).flat() : [];
  return [
    ...Object.keys(monotone ?? {}).map((name) => ({ where: at("monotone"), name, isOrdered: true })),
    ...groups.map((name) => ({ where: at("interactions"), name, isOrdered: false })),
  ];
}
