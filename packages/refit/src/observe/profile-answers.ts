import {
  answerErrors,
  type AnswerErrors,
  type ColumnProfile,
  encodeTarget,
  mergeProfiles,
  type Profile,
  profilePredictions,
  type TargetSpec,
} from "@refit/core/data";
import { UnseenClassError } from "@refit/core/errors";
import { keepValue, recallValue } from "../data/cache.ts";
import type { PreparedTable } from "../ports/tables.ts";
import { sha256 } from "../sha256.ts";
import type { Context, Version } from "../products/context.ts";
import { loadProfile, saveProfile } from "../data/profile-store.ts";
import { contentOf } from "../data/snapshot-files.ts";
import type { DataFiles, TableFiles } from "../products/snapshot.ts";
import type { DataManifest } from "@refit/core/spec";
import type { Ports } from "../ports/index.ts";
import { withChampionRows } from "./champion-rows.ts";
import { predictionsOf } from "../scoring/scored-version.ts";

type ProfileAnswersPorts = Pick<
  Ports,
  "scratch" | "git" | "largeFiles" | "files" | "sources" | "tables" | "learners" | "out"
>;

/** What the champion answers for some rows. */
export interface ChampionAnswers {
  readonly profile: ColumnProfile;
  /** Beside the labels of the rows, file by file; without files whose labels it cannot read. */
  readonly errors: readonly AnswerErrors[];
}

/**
 * The champion's answers for the rows of some files. Each file is prepared by itself and once: what comes of it is kept by
 * content of file, preparation and champion.
 *
 * @returns `undefined` where the champion cannot be applied to one of them.
 */
export async function profileAnswers(
  ports: ProfileAnswersPorts,
  context: Context,
  champion: Version,
  { sources, tables }: DataFiles,
): Promise<ChampionAnswers | undefined> {
  const profiles: Profile[] = [];
  const errors: AnswerErrors[] = [];
  const how = [champion.treeId, ...preparationOf(context.manifest, tables)];
  for (const file of sources) {
    const content = JSON.stringify(["answers", contentOf(file), ...how]);
    const name = `answers/${sha256(content)}`;
    const known = await loadProfile(ports, context, content);
    const kept = (await recallValue(ports.files, context.repository, name)) as {
      readonly value: AnswerErrors[];
    } | null;
    const isKnown = known !== null && kept !== null;
    const found = isKnown
      ? { profile: known, errors: kept.value }
      : await answersFor(ports, context, champion, { sources: [file], tables });
    if (found === null) return undefined;
    if (!isKnown && !context.request.dryRun) {
      await saveProfile(ports, context, content, found.profile);
      await keepValue(ports.files, context.repository, name, found.errors);
    }
    profiles.push(found.profile);
    errors.push(...found.errors);
  }
  return { profile: mergeProfiles(profiles).columns[0]!, errors };
}

/** What rows are prepared by, besides the files that they lie in. */
function preparationOf({ prepare, viewTexts }: DataManifest, tables: TableFiles): readonly unknown[] {
  const joined = [...tables].map(([name, files]) => [name, ...files.map(({ sha256: digest }) => digest)]);
  return joined.length === 0 && viewTexts === undefined ? [prepare ?? null] : [prepare ?? null, joined, viewTexts];
}

function answersFor(ports: ProfileAnswersPorts, context: Context, version: Version, data: DataFiles) {
  return withChampionRows(ports, context, { version, data }, async ({ champion, table, rows }) => {
    ports.out.progress("Scoring the champion on new rows");
    const predictions = (await predictionsOf(champion, rows))!;
    const { target } = champion.spec;
    const labels = await labelsOf(table, target);
    const profile: Profile = { format: 1, rows: rows.length, columns: [profilePredictions(predictions, target)] };
    return { profile, errors: labels === null ? [] : [answerErrors(predictions, labels, target)] };
  });
}

/** `null`: the rows have none, or one that is another question. */
async function labelsOf(table: PreparedTable, target: TargetSpec): Promise<Float64Array | null> {
  if (table.columns.every(({ name }) => name !== target.name)) return null;
  try {
    return encodeTarget(await table.column(target.name), target);
  } catch (error) {
    if (error instanceof UnseenClassError) return null;
    throw error;
  }
}
