import type { ColumnInfo, FileDigests, Finding, Profile } from "@refit/core/data";
import type { Column } from "@refit/core/runtime";
import type { DataManifest, SourceFormat } from "@refit/core/spec";
import type { FetchedFile } from "./sources.ts";

/** A column as an earlier version knew it. */
export interface KnownColumn {
  readonly name: string;
  /** `null`: it had no value, so any type is still possible. */
  readonly type: ColumnInfo["type"] | null;
}

export interface OpenRequest {
  readonly dataset: string;
  readonly files: readonly FetchedFile[];
  /** Of the further tables that `prepare` may join, by name; left out: none. */
  readonly tables?: ReadonlyMap<string, readonly FetchedFile[]>;
  readonly manifest: DataManifest;
  /** Whether columns that the schema does not list are left out; left out: they are read. */
  readonly declaredOnly?: boolean;
  /** Columns that the schema lists and files need not have: there they have no value; left out: none. */
  readonly mayLack?: ReadonlySet<string>;
  /** Whether rows will be prepared, so that what only preparation needs of them is made in the same reading; left out: it is made when it is needed. */
  readonly toPrepare?: boolean;
  /** Columns that an earlier version had, and the types that it found for those that `schema` does not list. */
  readonly knownTypes: readonly KnownColumn[];
  /** Folder for temporary files; what is put there is removed on close. */
  readonly scratch: string;
}

/** The files read as one table `source`, typed; nothing else can be seen from inside. */
export interface SourceTable {
  readonly columns: readonly ColumnInfo[];
  /** Rows by logical path. */
  readonly rowsByFile: ReadonlyMap<string, number>;
  /** Columns of the files that are not read, by the names that they have there. */
  readonly unread: readonly string[];
  /** Problems of reading and casting, with file and line. When any is an error, `profile` and `prepare` must not be called. */
  readonly findings: readonly Finding[];
  /** Order-independent profile of one file's rows, after renaming and casting. */
  profile(path: string): Promise<Profile>;
  /**
   * What the rows of one file are, so that rows of files can be compared without keeping them.
   *
   * @param key source columns that identify a row; none: rows have no key.
   */
  digests(path: string, key: readonly string[]): Promise<FileDigests>;
  /** Rows of one file whose value is above this one: a number, or an instant in epoch milliseconds. `null`: there is no such column of numbers or times. */
  countAbove(path: string, column: string, value: number): Promise<number | null>;
  /** Values of the rows of one file as texts, in file order and in the order of `columns`. For a few rows. */
  texts(path: string): Promise<(string | null)[][]>;
  /**
   * Runs `prepare` and sorts the result by time, then key or row digest.
   *
   * @throws PrepareInvalidError with line and column for SQL that is not a single SELECT, uses volatile functions, or fails.
   */
  prepare(request: {
    readonly sql: string | null;
    readonly target: string;
    readonly time: string | null;
    readonly key: readonly string[];
    /** Columns that identify a row of the source: of several rows with one key only the newest is prepared. Left out: none do. */
    readonly unique?: readonly string[];
  }): Promise<PreparedTable>;
  /**
   * Runs `prepare` over the rows as they came. Of rows with one key all are prepared, and nothing has to be there but what the SQL reads.
   * Instead of `prepare`, and once.
   *
   * @throws UnreadableDataError for a column that no file has and that is read for more than the target; PrepareInvalidError;
   * PrepareNotRowWiseError where a row of the source gives several rows, or rows are not made of one.
   */
  inOrder(request: InOrderRequest): Promise<RowsInOrder>;
  /**
   * The newest row of each key that one of the manifest's feature views gives.
   *
   * @throws PrepareInvalidError, ColumnMissingError, TimeTypeError
   */
  newestRows(request: NewestRequest): Promise<NewestRows>;
  /**
   * The same rows and further tables beside them, without reading the rows again. Not after rows were prepared. This table is not used
   * any more then: whoever closes the new one closes both.
   */
  beside(request: Pick<OpenRequest, "manifest" | "tables">): Promise<SourceTable>;
  close(): Promise<void>;
}

export interface InOrderRequest {
  readonly sql: string | null;
  /** What is predicted: what it is made of may be missing, where the SQL reads it for nothing else. */
  readonly target: string;
  /** How many columns of answers there will be. */
  readonly answers: number;
}

/** Rows in the order in which they came, to be answered. */
export interface RowsInOrder {
  /** Of the source. */
  readonly rows: number;
  /** Of the prepared rows. */
  readonly columns: readonly ColumnInfo[];
  /** What `prepare` gave for the rows of the source from `first` on, counted from 0, `count` of them. */
  part(first: number, count: number): Promise<RowsPart>;
  /** Puts answers to rows beside them. @param answers columns, [places] each. */
  answer(places: Float64Array, answers: readonly ArrayLike<number>[]): Promise<void>;
  /** A line for each row of the source, in its order. @returns absolute path of the file, which goes when the table is closed. */
  write(request: AnswersFile): Promise<string>;
}

export interface RowsPart {
  /** Of the source, from 0, ascending; a row that `prepare` leaves out is not among them. */
  readonly places: Float64Array;
  /** [places] values of a column. */
  column(name: string): Promise<Column>;
}

/** What a file of answers has, column after column. */
export interface AnswersFile {
  readonly format: SourceFormat["format"];
  /** Columns of the source, or where it has none of that name of the prepared rows. */
  readonly kept: readonly { readonly name: string; readonly as: string }[];
  /** `values`: what an answer stands for, as a place in it; `null`: the number itself. A row without an answer has none. */
  readonly answers: readonly {
    readonly name: string;
    readonly values: readonly (string | number | boolean)[] | null;
  }[];
  /** The same in every line. */
  readonly constants: readonly { readonly name: string; readonly value: string }[];
}

export interface NewestRequest {
  readonly view: string;
  /** Columns of the view that say whose values they are; a row without one of them is left out. */
  readonly key: readonly string[];
  /** The column of the view that says of when; a row without it is left out. */
  readonly time: string;
  /**
   * Epoch milliseconds: only rows up to then, and of the further tables only what was known. Rows of the source that are later are
   * not seen at all, where it has a column of that name. `null`: everything.
   */
  readonly at: number | null;
}

export interface NewestRows {
  readonly rows: number;
  readonly columns: readonly ColumnInfo[];
  /** Of all rows, epoch milliseconds; `null`: there are none. */
  readonly newest: number | null;
  /** A Parquet file: the same rows give the same bytes with the same DuckDB. */
  readonly bytes: Uint8Array;
}

/** Rows that were not prepared, since a newer one has their key. */
export interface RepeatedKeys {
  /** The same row once more. */
  readonly copies: number;
  /** Rows with other values. */
  readonly corrected: number;
}

/** Prepared rows in their final order. */
export interface PreparedTable {
  readonly rows: number;
  /** Columns of the result, without refit's own. */
  readonly columns: readonly ColumnInfo[];
  /** Source columns that the target's expression reads in the outer SELECT: they give the answer away. */
  readonly targetInputs: readonly string[];
  /** `null`: every row was prepared. */
  readonly repeatedKeys: RepeatedKeys | null;
  column(name: string): Promise<Column>;
  /** Position of each row in [0, 1): the first 52 bits of sha256(dataset, canonical key or raw source row). */
  positions(): Promise<Float64Array>;
  /** First 64 bits of the sha256 of each row's raw source row; equal rows are equal. */
  rowDigests(): Promise<BigUint64Array>;
  /**
   * What takes long to find out from these rows: where several runs look at the same table, one does it for all.
   *
   * @param key names all that the answer depends on besides the rows; asked only where something may be shared.
   */
  findOut<T>(key: () => string, find: () => Promise<T>): Promise<T>;
  /**
   * Which of these columns change when rows that were not known at the time of a row are taken away or replaced: of the further
   * tables that have `availableAt`, and of the model itself, where its SQL looks from a row at others. Without `time`, nothing is tried.
   *
   * @param thorough at more instants, and in both ways at each.
   */
  futureReads(features: readonly string[], thorough: boolean): Promise<FutureReads>;
  /**
   * Whether these columns of a row are the same whichever rows of the source are beside it, so that a row can be prepared alone. The
   * further tables stay as they are. Tried on some of the rows, the same for the same rows.
   */
  isRowWise(columns: readonly string[]): Promise<boolean>;
  /**
   * What SQL expressions give for rows and a model's answers there, [rows] each, in the order of `expressions`.
   *
   * @throws MetricInvalidError for one that is not an expression over one row, or fails; MetricValueError where it gives no
   * finite number.
   */
  rowValues(expressions: readonly RowExpression[], answered: AnsweredRows): Promise<Float64Array[]>;
  /** Columns of all rows, with their types, as a Parquet file. @returns its absolute path; it goes when the source is closed. */
  write(columns: readonly string[]): Promise<string>;
}

/** A feature that changes with rows that were not known yet. */
export interface FutureRead {
  readonly column: string;
  /** Whose rows: those of further tables, the model's own, or of these the target. */
  readonly reads: "tables" | "source" | "target";
  /** The instant at which it was tried, epoch milliseconds. */
  readonly at: number;
  /** Rows up to then that have another value. */
  readonly rows: number;
}

/** A feature that has another value where the rows of a further table stand in another order. */
export interface OrderRead {
  readonly column: string;
  /** Name of the further table. */
  readonly table: string;
  /** Since when its rows are known; `null`: always. */
  readonly availableAt: string | null;
  /** Prepared rows that have another value. */
  readonly rows: number;
  /** The instant of the first of them, epoch milliseconds. */
  readonly at: number;
}

export interface FutureReads {
  /** One for each feature that depends on the order of rows, by the first table that shows it. */
  readonly unordered: readonly OrderRead[];
  /** One for each feature that changes, by the first instant that shows it. */
  readonly columns: readonly FutureRead[];
  /** Rows that were compared, over all tries; 0: nothing could be tried. */
  readonly compared: number;
}

/** A metric of a model's own. */
export interface RowExpression {
  readonly metric: string;
  readonly sql: string;
}

/** What a model answers for rows of a table. */
export interface AnsweredRows {
  /** Column that it predicts: `label` in expressions. */
  readonly target: string;
  readonly rows: Uint32Array;
  /** `null`: a number is predicted. */
  readonly classes: readonly (string | number | boolean)[] | null;
  /** [rows]: place in `classes`, or the number. */
  readonly answers: ArrayLike<number>;
  /** [rows]: of the positive class, or of the class that is answered; `null`: there is none. */
  readonly probabilities: Float64Array | null;
}

export interface Tables {
  open(request: OpenRequest): Promise<SourceTable>;
}
