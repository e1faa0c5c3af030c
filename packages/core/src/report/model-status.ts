import type { Attention, CanaryStatus } from "../decide/attention.ts";
import type { DueNext } from "../decide/due-next.ts";
import type { LiveMeasured } from "../decide/outlook.ts";
import type { ModelHistory } from "../history/read-history.ts";
import type { MeasuredRows } from "../judge/judged-together.ts";

/** How a model is, and what is due next: what `refit status --json` prints of each. */
export interface ModelStatus {
  readonly model: string;
  /** The proposal group whose proposal it shares; `null`: none. */
  readonly group: string | null;
  readonly state: ModelHistory["state"];
  /** `v3`; `null`: none is live. */
  readonly version: string | null;
  /** Day on which it went live, such as `2026-06-01`. */
  readonly since: string | null;
  /** Day of the newest row that the live version has learned from; `null`: it has no `time`, or none is live. */
  readonly learnedUntil: string | null;
  /** Age of that row in days; `null`: the same. */
  readonly learnedDaysAgo: number | null;
  /** Whether the live version was trained elsewhere, so that `learnedUntil` is what a person has declared. */
  readonly declared: boolean;
  /** What the live version is judged by; `null`: none is live, or its settings cannot be read. */
  readonly metric: MetricOfLive | null;
  /** The version that answers a part of the requests; absent or `null`: none does. */
  readonly canary?: CanaryStatus | null;
  /** Day of the newest row that the live version or a comparison has seen; `null`: there is none, or rows have no time. */
  readonly newestRow: string | null;
  /** Age of that row in days; `null`: the same. */
  readonly newestRowDaysAgo: number | null;
  /** What starts the next retrain, and what it waits for; times are epoch milliseconds. `null`: its settings, ledger or data cannot be read. */
  readonly next: DueNext | null;
  /** Where the newest proposal is that was not merged; `null`: there is none, or nobody could be asked. */
  readonly proposal: string | null;
  /**
   * - `open`: it waits for people
   * - `under-review`: approved, or with a commit that refit did not make
   * - `unfinished`: not published, or its run was cut short; the next run shows it
   * - `declined`: a person closed it
   */
  readonly proposalState: "open" | "under-review" | "unfinished" | "declined" | null;
  /** The forge that was asked, such as `github`; `null`: only this clone was. */
  readonly asked: string | null;
  /** What a person has to look at, worst first; times are epoch milliseconds. */
  readonly attention: readonly Attention[];
}

export interface MetricOfLive {
  readonly name: string;
  /** When it was judged, on rows that it had not learned from; `null`: it does not say. */
  readonly judged: number | null;
  readonly judgedOn: MeasuredRows | null;
  /** On rows that came since, as the last run that compared anything with it has measured; `null`: none has. */
  readonly since: LiveMeasured | null;
}
