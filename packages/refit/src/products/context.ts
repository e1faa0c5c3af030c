import type { LedgerRow, Lineage, ModelHistory } from "@refit/core/history";
import type { DataManifest, FurtherTable, ModelSpec } from "@refit/core/spec";
import { noCanaries, type LiveCanaries } from "./canaries.ts";
import type { Candidates } from "./candidates.ts";
import type { ProposalState } from "../ports/forge.ts";
import type { Repository } from "../ports/repository.ts";

export interface RunRequest {
  readonly model: string;
  /** The proposal group that it is judged with; left out: it is proposed by itself. */
  readonly group?: string;
  /** A person's reason to run now; `null`: by the triggers. */
  readonly force: string | null;
  /** Read the work tree, write nothing. */
  readonly dryRun: boolean;
  /** A version is made again, to be compared byte by byte with what is there. */
  readonly isMadeAgain?: true;
  /** What another job trained: then nothing is trained here. */
  readonly candidates?: Candidates | undefined;
}

/** A version of a model, with where it comes from. */
export interface Version {
  readonly number: number;
  readonly treeId: string;
  /** When it went live, epoch milliseconds. */
  readonly since: number;
  readonly lineage: Lineage;
}

/** What reading rows, splitting them and training on them needs to know. */
export interface RowContext extends Pick<
  Context,
  "champion" | "ledger" | "ledgerCommit" | "manifest" | "repository" | "request" | "spec"
> {
  /** While the files of a further table are read as rows of their own, with its own manifest. */
  readonly ofTable?: FurtherTable;
}

/** Everything that the decision rests on, before any data are read. */
export interface Context {
  readonly request: RunRequest;
  readonly repository: Repository;
  readonly spec: ModelSpec;
  readonly manifest: DataManifest;
  readonly history: ModelHistory;
  /** The live version, or the last valid one when the live folder is broken; `null`: none. */
  readonly champion: Version | null;
  /** The version that was last replaced by earlier content, or stopped as a canary. */
  readonly lastRolledBack: Version | null;
  readonly canaries: LiveCanaries;
  readonly ledger: readonly LedgerRow[];
  /** Commit of the ledger branch; `null`: there is none. */
  readonly ledgerCommit: string | null;
  /** A run that was cut short left ledger rows here that the remote does not have. */
  readonly ledgerUnpushed: boolean;
  /** History has a champion, yet there is no ledger. */
  readonly ledgerLost: boolean;
  /** Rows of `ledger` that are in no ledger yet: a person closed a proposal since the last run. */
  readonly unrecorded: readonly LedgerRow[];
  /** It waits for people. */
  readonly proposal: (ProposalState & { readonly lineage: Lineage | null }) | null;
  /** The open proposal on its branch, also one that brings only other models of its group, is approved or has a person's commit. */
  readonly underReview: boolean;
  /** The branch of the proposal. */
  readonly branch: string;
  /** Its head on the remote, as it was when the run looked; `null`: there is none. */
  readonly sharedHead: string | null;
  /** Its name, where somebody else's work is on it and no open proposal shows it. */
  readonly heldBranch: string | null;
}

/** For a first run, or where a version is only made again: memory decides whether refit proposes, and no byte of a version depends on it. */
export const nothingRemembered = {
  lastRolledBack: null,
  canaries: noCanaries,
  ledger: [],
  ledgerCommit: null,
  ledgerUnpushed: false,
  ledgerLost: false,
  unrecorded: [],
  proposal: null,
  underReview: false,
  sharedHead: null,
  heldBranch: null,
} satisfies Partial<Context>;
