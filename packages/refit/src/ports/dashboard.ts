import type { Repository } from "./repository.ts";

/** The page of a repository on its forge that shows how all models are, and that has boxes to tick. */
export interface Dashboard {
  /**
   * Brings about that the page says this; boxes that people have ticked stay so. `null`: that there is none, or that it says it is turned off.
   *
   * @returns `null`: there is none, or it cannot be written, and a notice has said why.
   */
  ensure(repository: Repository, text: string | null): Promise<DashboardPage | null>;
  /** Takes the boxes that are ticked, where somebody's edit of the page started this run: they are cleared. @returns `null`: something else started it */
  take(repository: Repository): Promise<TakenBoxes | null>;
}

export interface DashboardPage {
  readonly url: string;
  readonly operation: "created" | "updated" | "unchanged" | "closed";
}

export type TakenBoxes =
  | {
      readonly asked: true;
      /** Models to be trained anew; empty: all are run that are due. */
      readonly models: readonly string[];
      /** Login. */
      readonly by: string;
      /** Whether another box stays ticked, to be taken next. */
      readonly more: boolean;
    }
  /** `because`: a sentence. */
  | { readonly asked: false; readonly because: string };
