/** The challenger's over the champion's: above 1 is worse. */
export interface LatencyFacts {
  /** Median milliseconds of a batch. */
  readonly championMs: number;
  readonly challengerMs: number;
  readonly ratio: number;
  /** 90 % interval of the ratio. */
  readonly interval: readonly [number, number];
  /** Timed batches of each, and rows in one. */
  readonly batches: number;
  readonly batchRows: number;
}

/** What a prediction and a version cost; measured only where `budget` asks. Never part of a version. */
export interface CostFacts {
  readonly latency: LatencyFacts | null;
  /** Bytes of the artifacts, as `lineage.json` lists them. */
  readonly size: { readonly champion: number; readonly challenger: number } | null;
}
