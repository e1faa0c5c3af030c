import { type FeatureSpec, measureDrift, type Profile, rolesIn } from "@refit/core/data";
import { RefitError } from "@refit/core/errors";
import {
  learnedUntil,
  parseFeatureSpec,
  parseProfile,
  parseShownLineage,
  type ShownLineage,
} from "@refit/core/history";
import { type EvaluationFile, learnerChange } from "@refit/core/judge";
import { counted, type DriftOnSite, siteHistory, type VersionFacts } from "@refit/core/report";

/** Texts of files of a version, by name without `.json`; `null` or missing: it has no such file. */
type StoredTexts<Name extends string> = Readonly<Partial<Record<Name, string | null>>>;

/** Files of a version, parsed once although two pages need them: most versions are the parent of another. */
export interface ParsedVersion {
  readonly lineage: ShownLineage | null;
  readonly evaluation: EvaluationFile | null;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Files that cannot be parsed are `null`: a damaged version must not stop the pages of the others. */
export function parseVersion(
  { lineage, evaluation }: StoredTexts<"lineage" | "evaluation">,
  metrics: ParsedVersion["metrics"],
): ParsedVersion {
  return {
    lineage: orNull(lineage, parseShownLineage),
    evaluation: orNull(evaluation, (text) => JSON.parse(text) as EvaluationFile),
    metrics,
  };
}

/** Training data of a version; `null`: its file is missing or cannot be parsed. */
export interface TrainedData {
  readonly profile: Profile | null;
  readonly features: FeatureSpec | null;
}

export function parseTrainedData({ profile, features }: StoredTexts<"profile" | "features">): TrainedData {
  return { profile: orNull(profile, parseProfile), features: orNull(features, parseFeatureSpec) };
}

function orNull<T>(text: string | null | undefined, parse: (text: string) => T): T | null {
  if (text === null || text === undefined) return null;
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RefitError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What the page of a version shows. @param parent the version that it was compared with; `null`: none, or not in this history. */
export function factsOfVersion(version: ParsedVersion, parent: ParsedVersion | null): VersionFacts {
  return {
    metrics: version.metrics,
    comparison: comparisonOf(version.evaluation),
    origin: version.lineage && originOf(version.lineage),
    changes: version.lineage && parent?.lineage ? changesBetween(parent.lineage, version.lineage) : null,
  };
}

const shownComparison = siteHistory.shape.versions.element.shape.facts.shape.comparison;

/** @returns `null`: `evaluation.json` is missing or not as refit writes it. */
function comparisonOf(file: EvaluationFile | null): VersionFacts["comparison"] {
  if (file === null || typeof file !== "object") return null;
  const { kind, primary, rows, metrics, slices } = file;
  if (!Array.isArray(metrics) || !Array.isArray(slices)) return null;
  const found = shownComparison.safeParse({
    kind,
    primary,
    rows,
    metrics: metrics.map((row) => ({
      metric: row?.metric,
      champion: row?.champion ?? null,
      challenger: row?.challenger ?? null,
      improvement: row?.improvement ?? null,
      interval: row?.interval ?? null,
    })),
    slices: slices.map((slice) => {
      const row = slice?.metrics?.find((each: { readonly metric: unknown }) => each.metric === primary);
      return {
        column: slice?.column,
        value: slice?.value,
        rows: slice?.rows,
        champion: row?.champion ?? null,
        challenger: row?.challenger ?? null,
        improvement: row?.improvement ?? null,
      };
    }),
  });
  return found.success ? found.data : null;
}

function originOf(lineage: ShownLineage): NonNullable<VersionFacts["origin"]> {
  const { learner, data, seed, holdout, card } = lineage;
  return {
    learner: learner.name,
    settings: JSON.stringify(learner.settings),
    dataset: data.dataset,
    dataFiles: data.files.length,
    dataRows: rowsOf(lineage),
    learnedUntil: learnedUntil(lineage),
    declared: lineage.declared !== undefined,
    seed,
    holdout: { kind: holdout.kind, from: holdout.from, to: holdout.to, rows: holdout.rows, digest: holdout.digest },
    owner: card?.owner ?? null,
    use: card?.use ?? null,
    limits: card?.limits ?? null,
  };
}

const rowsOf = ({ data }: ShownLineage) => data.files.reduce((sum, { rows }) => sum + rows, 0);

/** What differs, one phrase each. */
function changesBetween(before: ShownLineage, after: ShownLineage): string[] {
  const known = new Set(before.data.files.map(({ sha256 }) => sha256));
  const kept = new Set(after.data.files.map(({ sha256 }) => sha256));
  const fresh = after.data.files.filter(({ sha256 }) => !known.has(sha256)).length;
  const gone = before.data.files.filter(({ sha256 }) => !kept.has(sha256)).length;
  const learner = learnerChange(before.learner, { ...after.learner.settings, learner: after.learner.name });
  return [
    `data: ${rowsOf(before)} → ${rowsOf(after)} rows, ${counted(fresh, "new file")}, ${gone} removed`,
    ...learner.map(({ setting, from, to }) => `${setting}: ${from ?? "not set"} → ${to ?? "not set"}`),
    ...(["spec", "manifest", "code"] as const).flatMap((part) =>
      before.digests[part] === after.digests[part] ? [] : [`${part}: changed`],
    ),
  ];
}

/** Drift of its training data from its parent's, by column; empty if the data of one of them are not known. */
export function driftOfVersion({ profile, features }: TrainedData, parent: TrainedData | null): DriftOnSite[] {
  if (!parent?.profile || profile === null || features === null) return [];
  const columns = measureDrift(parent.profile, profile, rolesIn(features));
  return columns.map(({ column, role, status, psi }) => ({ column, role, status, psi }));
}
