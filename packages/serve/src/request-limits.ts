/** What one request may cost. */
export interface RequestLimits {
  /** Of a body, in bytes; 1 MiB where it is left out. */
  readonly bodyBytes: number;
  /** In one request; 10,000 where it is left out. */
  readonly rows: number;
  /** From the first byte of a request to its answer, in milliseconds; 10,000 where it is left out. */
  readonly milliseconds: number;
}

export const usualLimits: RequestLimits = { bodyBytes: 1024 * 1024, rows: 10_000, milliseconds: 10_000 };
