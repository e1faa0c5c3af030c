import type { ArmRows } from "@refit/core/production";
import type { DataLimits, Task } from "@refit/core/spec";

/** A file of lines that nobody writes to any more. */
export interface ClosedFile {
  /** Absolute. */
  readonly localPath: string;
  /** Of its bytes: names it, whatever becomes of it later. */
  readonly sha256: string;
  /** The day (UTC) that its name says, such as `2026-12-01`: that of lines that tell no time. */
  readonly day: string;
}

/** The lines of one day (UTC), by the time of each, as a Parquet file. */
export interface DayOfLines {
  readonly day: string;
  /** Absolute. */
  readonly localPath: string;
  /** The files that they came from, by digest, sorted. */
  readonly files: readonly string[];
  /** Tree ids of the versions that answered or were asked besides, sorted. */
  readonly versions: readonly string[];
  readonly odd: OddLines;
}

export interface CompactRequest {
  readonly model: string;
  readonly files: readonly ClosedFile[];
  /** Days that were compacted before: their lines come into the new files of these days, too. */
  readonly days: readonly DayOfLines[];
  /** Where Parquet files are written, absolute. A name says what is in the file, so that none is ever replaced by another one. */
  readonly folder: string;
}

/** Lines that are not counted as answers, and answers that came twice. */
export interface OddLines {
  /** Cut short, not JSON, or without what a line must have. */
  readonly damaged: number;
  /** Of a format that a later refit writes. */
  readonly newer: number;
  /** Of another model. */
  readonly foreign: number;
  /** With the id of another line of the day. */
  readonly repeated: number;
}

export interface CompactedLines {
  /** A new file for each day that has lines. */
  readonly days: readonly DayOfLines[];
  /** Lines that are not JSON, and are in none of them. */
  readonly lost: number;
}

/** A part of a log as it stands: files of lines, and days that were compacted. */
export interface NewestLinesRequest {
  readonly model: string;
  readonly files: readonly Omit<ClosedFile, "sha256">[];
  /** Absolute paths. */
  readonly days: readonly string[];
  readonly most: number;
}

export interface NewestLines {
  /** JSON, each id once, in any order. More than were asked for where several are of one instant. */
  readonly lines: readonly string[];
  /** Lines that are not an answer of the model. */
  readonly damaged: number;
  /** Other lines with the id of another one. */
  readonly repeated: number;
}

/** A table of labels, one row each. */
export interface LabelTable {
  /** Absolute path of a Parquet file. */
  readonly localPath: string;
  readonly target: string;
  /** Column of type DATE or TIMESTAMP. */
  readonly time: string;
  /** Which answer a label is about. */
  readonly about:
    | { readonly id: string }
    | {
        readonly key: readonly string[];
        /** With which keys are hashed; `null`: only keys that are plain can be found. */
        readonly salt: string | null;
      };
}

/** What a version answers. */
export interface AnswersOfVersion {
  readonly task: Task;
  /** As `features.json` has them; `null`: a number. */
  readonly classes: readonly (string | number | boolean)[] | null;
}

export interface JoinRequest {
  readonly days: readonly DayOfLines[];
  /** Files that `takeLabels` has written. */
  readonly labels: readonly string[];
  /** Whether labels are found by the key. */
  readonly byKey: boolean;
  /** Days and labels that were not joined before, where all others were; `null`: all of them. */
  readonly fresh: { readonly days: ReadonlySet<string>; readonly labels: readonly string[] } | null;
  /** By tree id. Answers of others are counted, and take no part. */
  readonly versions: ReadonlyMap<string, AnswersOfVersion>;
}

/** What is odd about labels: about those that are new, and on the days that they are about. */
export interface LabelCounts {
  /** Labels. */
  readonly labels: number;
  /** Without a value, a time, or what says which answer they are about. */
  readonly empty: number;
  /** About an answer that has the same label already. */
  readonly duplicates: number;
  /** Answers with labels that contradict each other; the newest counts. */
  readonly conflicts: number;
  /** About no answer of the log. */
  readonly unmatched: number;
  /** Known before the answer was given. */
  readonly early: number;
}

export interface JoinedDay {
  readonly day: string;
  /** Answers, each id once. */
  readonly answers: number;
  readonly labelled: number;
  /** Names what is labelled and how: it differs where a label has come, gone or changed. */
  readonly digest: string;
}

export interface AnswersOfDay {
  readonly arms: readonly ArmRows[];
  /** Answers of versions that are not known here. */
  readonly unknownVersion: number;
  /** Answers that cannot be those of their version: other classes than it has, or no number. */
  readonly unfit: number;
  /** Labels that are not a class of the version. */
  readonly unknownClass: number;
}

/** Lines and labels, beside each other. */
export interface JoinedLog {
  readonly counts: LabelCounts;
  /** Those that are new, or that a new label is about; oldest first. */
  readonly days: readonly JoinedDay[];
  answersOf(day: string): Promise<AnswersOfDay>;
}

/** A prediction log that is open. */
export interface OpenedLog {
  /** Writes the lines of files by day. The same lines give the same rows, in whatever files they are and how often. */
  compact(request: CompactRequest): Promise<CompactedLines>;
  /** What files say of themselves that `compact` has written; a file that it has not is left out. */
  compacted(paths: readonly string[]): Promise<readonly DayOfLines[]>;
  /** The newest answers: of different lines with one id the newest, of those of one instant the least text. */
  newest(request: NewestLinesRequest): Promise<NewestLines>;
  /** Writes what a table of labels says, without what tells a key: 64 bits that name it, in each form that it may have. */
  takeLabels(table: LabelTable, file: string): Promise<void>;
  /**
   * Finds the label of each answer: by its id, else of a key's answers the newest one before the label; of several labels the newest counts.
   * Depends on no order of rows, files or labels.
   */
  join(request: JoinRequest): Promise<JoinedLog>;
  close(): Promise<void>;
}

export interface OpenLogRequest {
  /** Folder for temporary files. */
  readonly scratch: string;
  readonly limits: DataLimits;
}

/** Prediction logs as tables. */
export interface PredictionLogs {
  open(request: OpenLogRequest): Promise<OpenedLog>;
  /** Takes lines out of a file that `compact` has written, as a whole or not at all. */
  forget(file: string, forgetting: ForgottenKeys, limits: DataLimits): Promise<ForgottenLines>;
}

/** Whose lines are taken out. */
export interface ForgottenKeys {
  /** As they are written. */
  readonly keys: readonly string[];
  /** Whether a hashed key may be one of them that cannot be told. */
  readonly isBlind: boolean;
  readonly dryRun: boolean;
}

export interface ForgottenLines {
  readonly lines: number;
  /** With a hashed key, where it cannot be told whose it is. */
  readonly unreadable: number;
}
