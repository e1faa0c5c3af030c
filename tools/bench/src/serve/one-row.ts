import type { Connection } from "./connection.ts";

const SINGLE_ROWS = 3_000;
/** Rows that are sent one by one before any is measured: after fewer, V8 and Python's own caches are still at work. */
const WARM_SINGLE_ROWS = 6_000;

/** CPU seconds so far. */
export type Cpu = () => number;

/** Milliseconds of one row, by what is said of it: the processor's time, and the time to its answer. @param requests each with a row, sent in turn */
export async function costsOfRows(
  { send }: Connection,
  cpu: Cpu,
  requests: readonly Buffer[],
): Promise<ReadonlyMap<string, number>> {
  const times: number[] = [];
  let spent = 0;
  for (let i = 0; i < WARM_SINGLE_ROWS + SINGLE_ROWS; i++) {
    if (i === WARM_SINGLE_ROWS) spent = cpu();
    const before = performance.now();
    await send(requests[i % requests.length]!);
    if (i >= WARM_SINGLE_ROWS) times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  const hundredth = (part: number) => times[Math.floor((part / 100) * times.length)]!;
  return new Map([
    ["one row, processor time", (1000 * (cpu() - spent)) / SINGLE_ROWS],
    ["one row, 50 of 100", hundredth(50)],
    ["one row, 99 of 100", hundredth(99)],
  ]);
}
