export interface Clock {
  /** Epoch milliseconds, UTC. */
  now(): number;
  /** Milliseconds since some fixed moment; never goes back. Only differences mean something. */
  elapsed(): number;
  /** CPU time of this process so far, in seconds. */
  cpu(): number;
}
