import type { ChecksPolicy, DataManifest } from "../spec/data-manifest.ts";
import { quoted } from "../errors/name-words.ts";
import { futureTimes, newestTime, staleData } from "./check-time.ts";
import { compareColumn } from "./compare-column.ts";
import { farOutside } from "./far-outside.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";
import { loneJump } from "./lone-jump.ts";
import { mergeProfiles } from "./merge-profiles.ts";
import { missingTogether } from "./missing-together.ts";
import { percent } from "./percent.ts";
import type { ColumnProfile, Profile, ProfiledFile } from "./profile.ts";
import { acceptSuspects } from "./accept-suspects.ts";
import { swappedColumns } from "./swapped-columns.ts";

/** Files that tell how large one usually is. */
const trailingFiles = 7;

export interface DataCheckRequest {
  readonly manifest: Pick<DataManifest, "checks">;
  /** Rows that the champion was not built from, by file, in file order. */
  readonly newFiles: readonly (ProfiledFile & {
    /** Of the whole file; absent: those of the profile. */
    readonly fileRows?: number;
  })[];
  /** Profile of all rows that the champion was built from; `null`: no champion, so nothing to compare with. */
  readonly reference: Profile | null;
  /** Rows of all files together. */
  readonly rows: number;
  /** Files that the champion was built from, in file order. */
  readonly known?: readonly { readonly path: string; readonly rows: number }[];
  /** Source columns that are the target, or that it is made from. */
  readonly target?: readonly string[];
  /** The column that the model calls `time`; `null`: none. */
  readonly time: string | null;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Compares new rows with what is declared and with the data that the champion was built from.
 *
 * Finds accidents, not news: a distribution that merely moves is drift (`measureDrift`) and no finding. Reading and type
 * errors, and declared constraints, are found where the files are read.
 */
export function checkData(request: DataCheckRequest): Finding[] {
  const { newFiles, reference, rows, known = [], time, now } = request;
  const { checks } = request.manifest;
  const profiles = [...(reference === null ? [] : [reference]), ...newFiles.map(({ profile }) => profile)];
  const findings = staleData(newestTime(profiles, time), checks.maxAgeDays, now);
  if (rows < checks.minRows) {
    const message = `All files together have ${rows} rows; checks.minRows asks for at least ${checks.minRows}.`;
    findings.push(finding("too-few-rows", {}, message));
  }
  let earlier = reference;
  const paths = new Set(known.map(({ path }) => path));
  for (const [at, { path, profile, fileRows = profile.rows }] of newFiles.entries()) {
    findings.push(...nullRates(path, profile, checks));
    if (!paths.has(path)) findings.push(...rowCount(path, fileRows, known));
    findings.push(...futureTimes(path, profile, time, now));
    if (reference !== null) findings.push(...compareFile({ path, profile }, reference, earlier ?? reference, request));
    if (earlier !== null && at + 1 < newFiles.length) earlier = mergeProfiles([earlier, profile]);
  }
  if (reference !== null && newFiles.length > 1) findings.push(...farTogether(newFiles, reference, findings));
  if (checks.maxNullRate !== undefined) {
    const told = new Set(findings.filter(({ code }) => code === "null-rate").map(({ column }) => column));
    findings.push(...nullRates(null, mergeProfiles(profiles), checks).filter(({ column }) => !told.has(column)));
  }
  return acceptSuspects(findings, checks);
}

/** One new file against the champion's data, column by column and as a whole. */
function compareFile(
  { path, profile }: ProfiledFile,
  reference: Profile,
  earlier: Profile,
  { known = [], target = [] }: DataCheckRequest,
): Finding[] {
  const findings = swappedColumns(path, reference, profile);
  for (const column of profile.columns) {
    const before = columnOf(reference, column.name);
    if (before === undefined) continue;
    const isTarget = target.includes(column.name);
    findings.push(
      ...compareColumn(path, before, column, { earlier: columnOf(earlier, column.name) ?? before, isTarget }),
    );
  }
  const told = new Set(findings.map(({ column }) => column));
  const paths = known.map((file) => file.path);
  return [
    ...findings,
    ...missingTogether(path, reference, profile, told),
    ...loneJump({ path, profile }, paths, reference, told),
  ];
}

/** What is too little in each of many small files may be plain in all of them. */
function farTogether(files: readonly ProfiledFile[], reference: Profile, found: readonly Finding[]): Finding[] {
  const told = new Set(found.map(({ column }) => column));
  const together = mergeProfiles(files.map(({ profile }) => profile));
  return together.columns.flatMap((now) => {
    const before = told.has(now.name) ? undefined : columnOf(reference, now.name);
    const far = before === undefined ? null : farOutside(before, now);
    if (far === null) return [];
    const message = `Column ${quoted(now.name)} of the ${files.length} new files together ${far.words}.`;
    return [finding(far.code, { column: now.name, ...(far.count !== undefined && { count: far.count }) }, message)];
  });
}

function columnOf(profile: Profile | null, name: string): ColumnProfile | undefined {
  return profile?.columns.find((column) => column.name === name);
}

function nullRates(file: string | null, profile: Profile, { maxNullRate }: ChecksPolicy): Finding[] {
  if (maxNullRate === undefined) return [];
  return profile.columns
    .filter(({ nulls, rows }) => nulls > maxNullRate * rows)
    .map(({ name, nulls, rows }) => {
      const where = file === null ? "in all files together" : `of ${quoted(file)}`;
      const message = `Column ${quoted(name)} ${where} has ${percent(nulls / rows)} missing values; checks.maxNullRate allows ${percent(maxNullRate)}.`;
      return finding("null-rate", { file, column: name, count: nulls }, message);
    });
}

/** A file of less than half or more than twice the usual size: the median of the last seven known files, at least three. */
function rowCount(file: string, rows: number, known: DataCheckRequest["known"] & {}): Finding[] {
  if (known.length < 3) return [];
  const sorted = known
    .slice(-trailingFiles)
    .map((before) => before.rows)
    .sort((a, b) => a - b);
  const usual = sorted[Math.floor(sorted.length / 2)]!;
  if (rows >= usual / 2 && rows <= usual * 2) return [];
  return [
    finding("row-count", { file }, `${quoted(file)} has ${rows} rows; the median of the last files is ${usual}.`),
  ];
}
