export interface LatencyFacts {
  /** Milliseconds of one of the challenger's batches: the median, and what 95 % of them do not exceed. */
  readonly challengerMs: number;
  readonly challengerP95Ms: number;
  /** `null`: there is no champion to take turns with. */
  readonly champion: {
    /** Median milliseconds of a batch. */
    readonly ms: number;
    /** The challenger's median over the champion's: above 1 is worse. */
    readonly ratio: number;
    /** 90 % interval of the ratio. */
    readonly interval: readonly [number, number];
  } | null;
  /** Timed batches of each, and rows in one. */
  readonly batches: number;
  readonly batchRows: number;
}

/** What a prediction and a version cost; timed only where `budget` asks. Never part of a version. */
export interface CostFacts {
  readonly latency: LatencyFacts | null;
  /** Bytes of the artifacts, as `lineage.json` lists them. */
  readonly size: { readonly champion: number; readonly challenger: number } | null;
}
