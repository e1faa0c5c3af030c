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
      /** Models to be trained anew. */
      readonly models: readonly string[];
      /** Whether all are to be run that are due. */
      readonly due: boolean;
      /** Login. */
      readonly by: string;
    }
  /** `because`: a sentence. */
  | { readonly asked: false; readonly because: string };
