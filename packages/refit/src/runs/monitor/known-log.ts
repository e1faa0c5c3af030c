import type { DayPart } from "@refit/core/production";
import { keepValue, recallValue } from "../../data/cache.ts";
import type { Ports } from "../../ports/index.ts";
import type { AnswersOfDay, DayOfLines } from "../../ports/prediction-logs.ts";
import type { Repository } from "../../ports/repository.ts";

export type OddAnswers = Pick<AnswersOfDay, "unknownVersion" | "unfit" | "unknownClass">;

/** What came of a day. */
export interface KnownDay {
  /** Names what it was made of, apart from labels. */
  readonly by: string;
  /** Names its labels. */
  readonly labels: string;
  readonly part: DayPart;
  readonly odd: OddAnswers;
}

/** Labels that were read before. */
export interface TakenFile {
  /** In the folder of the model's log. */
  readonly name: string;
  /** Of its bytes. */
  readonly sha256: string;
  /** Digests of the data files that it was made of. */
  readonly of: readonly string[];
}

/** What this clone remembers of a model's log, so that nothing is read twice. It may be missing or damaged at any time: then all is read. */
export interface KnownLog {
  /** By name of the file of a day: how large it was, and what it says of itself. */
  readonly lines: Readonly<Record<string, { readonly bytes: number; readonly day: Omit<DayOfLines, "localPath"> }>>;
  readonly labels: {
    /** Names the settings by which they were read. */
    readonly by: string;
    readonly files: readonly TakenFile[];
  };
  readonly days: Readonly<Record<string, KnownDay>>;
}

const nothing: KnownLog = { lines: {}, labels: { by: "", files: [] }, days: {} };

const placeOf = (model: string) => `production/${model}.json`;

export async function recallLog(
  { files }: Pick<Ports, "files">,
  repository: Repository,
  model: string,
): Promise<KnownLog> {
  return ((await recallValue(files, repository, placeOf(model)))?.value ?? nothing) as KnownLog;
}

export async function keepLog(
  { files }: Pick<Ports, "files">,
  repository: Repository,
  model: string,
  known: KnownLog,
): Promise<void> {
  await keepValue(files, repository, placeOf(model), known);
}
