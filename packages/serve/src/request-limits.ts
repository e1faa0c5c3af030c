/** What one request may cost. */
export interface RequestLimits {
  /** Of a body, in bytes; 1 MiB where it is left out. */
  readonly bodyBytes: number;
  /** In one request; 10,000 where it is left out. */
  readonly rows: number;
  /** From the first byte of a request to its answer, in milliseconds; 10,000 where it is left out. */
  readonly milliseconds: number;
  /** How long a canary may take for up to 1,024 rows, in milliseconds, before the champion answers in its place; of more rows as often as much. 50 where it is left out. */
  readonly canaryMilliseconds: number;
}

export const usualLimits: RequestLimits = {
  bodyBytes: 1024 * 1024,
  rows: 10_000,
  milliseconds: 10_000,
  canaryMilliseconds: 50,
};
