import type { InputProblem } from "@refit/core/errors";
import type { ColumnInfo, RawColumn } from "@refit/core/data";
import type { Column } from "@refit/core/runtime";
import type { OpenRequest } from "./tables.ts";

export interface PreparerRequest extends Pick<OpenRequest, "dataset" | "manifest" | "mayLack" | "tables"> {
  /** Name of what is predicted: what it is made of may be missing. */
  readonly target: string;
  /** Columns of the prepared rows that are wanted. */
  readonly inputs: readonly ColumnInfo[];
  /** Folder for temporary files; what is put there is removed on close. */
  readonly scratch: string;
}

/** Prepares rows as they come, a few at a time, by the SQL of a data manifest. Requests take turns. */
export interface RowPreparer {
  /** What a row has, as the data files name it. */
  readonly columns: readonly RawColumn[];
  /**
   * @param texts [columns][rows], in the order of `columns`; `null`: there is no value.
   * @param until instant of `performance.now()` at which it is given up.
   */
  prepare(texts: readonly (readonly (string | null)[])[], until: number): Promise<PreparedTexts>;
  close(): Promise<void>;
}

export type PreparedTexts =
  | {
      readonly kind: "prepared";
      /** Places of the rows that `prepare` keeps, from 0, ascending. */
      readonly places: readonly number[];
      /** [places] values of each wanted column. */
      readonly columns: readonly Column[];
    }
  /** @param more problems besides those. */
  | { readonly kind: "unfit"; readonly problems: readonly InputProblem[]; readonly more: number }
  | { readonly kind: "late" };

export interface RowPreparers {
  /** @throws UnreadableDataError for the further tables; PrepareInvalidError; PrepareNotRowWiseError; FeatureMismatchError */
  open(request: PreparerRequest): Promise<RowPreparer>;
}
