import { wasm } from "./wasm.generated.ts";

/** What `packages/tabular/kernels/index.ts` exports; the units and layouts of the numbers stand there. Addresses are bytes. */
export interface Kernels {
  arrange(
    rows: number,
    furtherRows: number,
    columns: number,
    outputs: number,
    leaves: number,
    threads: number,
    isWeighted: number,
  ): number;
  describeColumn(column: number, bins: number, isCategorical: number, direction: number): void;
  limitSplits(leafRows: number, categoryRows: number, l2: number, l1: number, isBounded: number): void;
  openHistograms(count: number): number;

  units(): number;
  results(): number;
  routes(): number;
  splits(): number;
  leafRows(): number;
  leafValues(): number;
  bins(): number;
  furtherBins(): number;
  order(): number;
  pairs(): number;
  scores(): number;
  furtherScores(): number;
  histograms(): number;
  histogramBytes(): number;
  groups(): number;
  totals(): number;

  targets(): number;
  weights(): number;
  ordered(): number;

  binNumbers(values: number, count: number, edges: number, edgeCount: number, out: number, first: number): number;
  beginRound(): void;
  derive(loss: number, shape: number, output: number): void;
  begin(drawnRows: number, units: number): void;
  countRoot(into: number): void;
  divide(from: number, to: number, column: number, split: number): void;
  total(which: number, gradient: number, hessian: number, rows: number, lower: number, upper: number): void;
  count(from: number, to: number, into: number, minus: number, searched: number): void;
  renew(leaves: number, quantile: number, huber: number): void;
  addTree(output: number, splits: number, leaves: number): void;
  /** From now on the helpers that have come take part; waits for those that are wanted, but not long. */
  closeTeam(wanted: number, milliseconds: number): void;
  dismiss(): void;
  findSplit(
    sums: number,
    bins: number,
    isCategorical: number,
    direction: number,
    totals: number,
    groups: number,
    out: number,
  ): void;
}

/** Bytes that may grow while kernels run. */
export interface KernelMemory {
  readonly buffer: ArrayBufferLike;
}

/** The part of the interface that is used here; its types come with the DOM's, which are not loaded. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Memory: new (limits: { initial: number; maximum: number; shared: true }) => KernelMemory;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

let compiled: object | undefined;

/** Kernels over a memory of their own, and what another thread needs to work on it. */
export interface OpenKernels {
  readonly kernels: Kernels;
  readonly module: object;
  readonly memory: KernelMemory;
}

/** Bytes of a page, and pages that hold the kernels' own words and the shape of each column, 8 bytes each, which come before the memory grows. */
const PAGE = 65_536;
const pagesFor = (columns: number): number => 1 + Math.ceil((8 * columns) / PAGE);

/** The kernels are compiled once, by the first call. @param columns that will be described. */
export function openKernels(columns = 0): OpenKernels {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(wasm), (char) => char.charCodeAt(0)));
  const memory = new WebAssembly.Memory({ initial: pagesFor(columns), maximum: 65_536, shared: true });
  const words = new Int32Array(memory.buffer);
  const wait = (address: number, seen: number, milliseconds: number): number =>
    Atomics.wait(words, address / 4, seen, milliseconds) === "timed-out" ? 0 : 1;
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory }, team: { wait }, derive: Math });
  return { kernels: exports as Kernels, module: compiled, memory };
}
