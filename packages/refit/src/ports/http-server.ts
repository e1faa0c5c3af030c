import type { IgnoredColumns, InputColumns, InputRecord, Predictor } from "@refit/core/runtime";
import type { InputProblem } from "@refit/core/errors";
import type { ColumnInfo, RawColumn } from "@refit/core/data";

interface ServingLearner {
  load(files: ReadonlyMap<string, Uint8Array>): Promise<Predictor>;
  /** Its models may refuse missing values. */
  readonly needsValues: boolean;
}

/** What a version is opened with besides its files. */
export interface OpeningTools {
  /** By name. */
  readonly learners: Readonly<Record<string, ServingLearner>>;
  /** Binary: the probability from which the answer is the positive class. */
  readonly threshold: number;
}

/** What prepares raw rows for a version. */
export interface RawPreparation {
  /** As the data files name them. */
  readonly inputs: readonly (Omit<RawColumn, "mayLack" | "decimalChar"> & { readonly required: boolean })[];
  /** @param until instant of `performance.now()` */
  prepare(rows: readonly InputRecord[] | InputColumns, until: number): Promise<PreparedForVersion>;
  close(): Promise<void>;
}

export type PreparedForVersion =
  | {
      readonly kind: "prepared";
      /** Raw rows. */
      readonly rows: number;
      /** Of those that `prepare` keeps, ascending. */
      readonly places: readonly number[];
      readonly columns: InputColumns;
      readonly ignored: IgnoredColumns;
    }
  | { readonly kind: "unfit"; readonly problems: readonly InputProblem[]; readonly more: number }
  | { readonly kind: "late" };

/** Why raw rows are not taken. */
export interface RefusedRaw {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

/** A version that may answer requests, and how its files are read. */
export interface ServedFiles {
  /** Equal ids: equal files. */
  readonly id: string;
  readonly treeId: string;
  read(path: string): Promise<Uint8Array | null>;
  /** @throws RefitError for a version that cannot be served here */
  tools(): Promise<OpeningTools>;
  /** Equal ids: prepared alike. */
  readonly raw: { id(): Promise<string>; open(): Promise<RawPreparation | RefusedRaw> };
}

/** The version that is live. */
export interface FoundFiles extends ServedFiles {
  /** For display, such as `v7`. */
  readonly version: string;
  /** Why it is not what is live, but the last that can answer, in a sentence; `null`: it is. */
  readonly stale: string | null;
  /** `null`: the tree has none beside it. */
  readonly canary: CanaryFiles | null;
}

/** A version that the tree has beside the live one, to be tried out. */
export interface CanaryFiles extends ServedFiles {
  /** Share of the keys that it answers; 0 where `rollout.yaml` cannot be read. */
  readonly percent: number;
  /** Why that cannot be read, in a sentence; `null`: it can. */
  readonly problem: string | null;
}

/** A model whose live version is looked for again and again. */
export interface FollowedSource {
  readonly name: string;
  find(): Promise<FoundFiles>;
  /** Where the values lie that rows of requests are filled up from; left out: nowhere. */
  readonly view?: FollowedFile;
}

/** The newest values of a feature view, in a file that is looked at again and again. */
export interface FollowedFile {
  /** Of the view. */
  readonly name: string;
  /** @throws where there is no file */
  find(): Promise<{
    /** Equal ids: the same values. */
    readonly id: string;
    /** @throws where it cannot be read, or does not fit the model */
    open(): Promise<KeyedRows>;
  }>;
}

/** Rows that are found by a key. */
export interface KeyedRows {
  /** Of the file. */
  readonly sha256: string;
  readonly rows: number;
  /** Time of the newest row, ISO 8601; `null`: there is none. */
  readonly newest: string | null;
  /** When the file was written, ISO 8601. */
  readonly writtenAt: string;
  readonly key: readonly ColumnInfo[];
  /** What a row has besides. */
  readonly columns: readonly string[];
  /** @param keys values in the order of `key`. @returns of each its row, with a `Date` for a time; `null` where there is none. */
  lookup(
    keys: readonly (readonly (string | number | boolean)[])[],
  ): readonly (Readonly<Record<string, unknown>> | null)[];
}

/** A view as rows are filled up from it now. */
export interface AnsweringFile {
  readonly name: string;
  readonly rows: Pick<KeyedRows, "sha256" | "newest">;
  /** Why the file may hold other values by now; `null`: it does not. */
  readonly stale: string | null;
}

/** A model as it answers now. */
export interface AnsweringModel {
  readonly name: string;
  /** `null`: none could be loaded yet. */
  readonly version: { readonly version: string | null; readonly treeId: string } | null;
  /** Why what answers may not be what is live; `null`: it is. */
  readonly stale: string | null;
  /** `null` or left out: there is none. */
  readonly canary?: AnsweringCanary | null;
}

/** What stands beside it. */
interface AnsweringCanary {
  /** `null`: it could not be loaded. */
  readonly loaded: {
    readonly version: { readonly treeId: string };
    /** Why this server has stopped it; `null`: it has not. */
    readonly guard: { readonly stopped: { readonly message: string } | null };
  } | null;
  readonly percent: number;
  readonly problem: string | null;
}

/** Columns that together name what a row is about, each by the names that it may have in a request. */
export type KeyColumns = readonly (readonly string[])[];

/** What of a model's answers is written down. */
export interface WrittenColumns {
  readonly key: KeyColumns;
  /** Inputs whose values are left out. */
  readonly omit: readonly string[];
}

export interface ServingLog {
  /** A folder, or the address of what takes CloudEvents. */
  readonly place: string;
  /** Of the answers, 0 to 1. */
  readonly share: number;
  readonly columns: (model: string) => WrittenColumns;
  /** Keys are written as HMAC with this salt, or as they are; left out: not at all. */
  readonly keys?: { readonly salt: string } | "plain";
  readonly onFailure: (error: unknown) => void;
}

export interface ServingRequest {
  readonly models: readonly FollowedSource[];
  /** Brings what the remote has, before each look; left out: only this clone is looked at. It throws where the remote has not answered. */
  readonly bring?: () => Promise<void>;
  /** Left out: 127.0.0.1. */
  readonly host?: string;
  /** Left out: 8080. */
  readonly port?: number;
  readonly pollMilliseconds: number;
  /** How long a canary may take for a request; left out: as the server has it. */
  readonly canaryMilliseconds?: number;
  /** By whose values rows of a model are divided between champion and canary. */
  readonly key: (model: string) => KeyColumns;
  /** Left out: answers are not written down. */
  readonly log?: ServingLog;
  /** Told what answers after the first look, before requests are answered. Where it throws, none is, and `serve` throws the same. */
  readonly onFollowed: (models: readonly AnsweringModel[]) => void;
  readonly onListening: (address: string) => void;
  readonly onChange: (model: AnsweringModel) => void;
  readonly onViewChange: (view: AnsweringFile, model: string) => void;
  readonly onError: (error: unknown, requestId: string) => void;
}

export interface HttpServer {
  /**
   * Answers until the process is told to end, by SIGTERM or SIGINT, and every request in flight has its answer.
   *
   * @throws PackageMissingError; an error with the code of the system, such as `EADDRINUSE`, where it cannot listen
   */
  serve(request: ServingRequest): Promise<void>;
}
