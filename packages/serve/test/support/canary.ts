import { fromMap, loadVersion, type LoadedVersion, type RowAnswer } from "@refit/runtime";
import { madeRecords } from "../../../runtime/src/made-records.fixture.ts";
import { withLineage } from "../../../runtime/src/made-version.fixture.ts";
import { canaryGuard, type LoadedCanary, type ServedCanary } from "../../src/index.ts";
import { made } from "./served.ts";

export type Files = ReadonlyMap<string, Uint8Array>;

/** Two versions of one model that answer differently. */
export async function twoVersions(): Promise<{ readonly champion: Files; readonly canary: Files }> {
  return { champion: (await made("trees, binary")).files, canary: (await made("linear, binary")).files };
}

/** The same under another model card, and so another tree id. */
export async function otherCard(kind: "trees, binary" | "linear, binary", card: string): Promise<Files> {
  const readme = new TextEncoder().encode(card);
  const learner = kind === "trees, binary" ? "gbdt" : "linear";
  return withLineage(new Map([...(await made(kind)).files, ["README.md", readme]]), learner, "birdstrikes");
}

/** A row that JSON can say, with a customer. */
export const rowOf = (customer?: unknown): Record<string, unknown> => ({
  ...plainRow,
  ...(customer !== undefined && { customer }),
});
const plainRow = madeRecords(60, 7).find((record) =>
  Object.values(record).every((value) => typeof value !== "number" || Number.isFinite(value)),
)!;

/** What a version answers to a row, as JSON has it. */
export async function answerOf(version: LoadedVersion): Promise<RowAnswer> {
  const { answers } = await version.predictMany([rowOf()]);
  return JSON.parse(JSON.stringify(answers[0])) as RowAnswer;
}

export const loadedOf = async (files: Files, version?: string): Promise<LoadedVersion> =>
  loadVersion(fromMap(files), version === undefined ? {} : { version });

/** @param how what of it is otherwise */
export function servedCanary(version: LoadedVersion, percent: number, how: Partial<LoadedCanary> = {}): ServedCanary {
  return { percent, problem: null, loaded: { version, raw: null, guard: canaryGuard(), ...how } };
}
