/** What a detector saw in a stream, as indices of the values at which it was seen. */
export interface Detections {
  readonly drifts: readonly number[];
  /** Where a stretch of warnings begins. */
  readonly warnings: readonly number[];
}
