export interface AdwinOptions {
  /** Confidence: smaller is more careful. Default 0.002. */
  readonly delta?: number;
  /** Values between two checks. Default 32. */
  readonly clock?: number;
  /** Buckets of one size before two are merged. Default 5. */
  readonly maxBuckets?: number;
  /** Fewest values on each side of a cut. Default 5. */
  readonly minWindow?: number;
  /** Values before the first check. Default 10. */
  readonly gracePeriod?: number;
  /** Skip the newest bucket of each size, as river did until 2023: same name, later answers. */
  readonly legacy?: boolean;
}

export interface Change {
  /** Index of the value at which the change was seen. */
  readonly at: number;
  /** Index of the first value behind the cut. */
  readonly from: number;
  readonly meanBefore: number;
  readonly meanAfter: number;
}

/**
 * Finds changes of the mean in a stream of bounded values, such as errors (0 or 1) in order of time.
 *
 * The window so far is kept in buckets of 1, 2, 4, … values. At each check every border between buckets is a cut; a
 * change is seen when the means before and after differ by more than their sampling error allows. The window then
 * starts anew. A constant stream never fires. Pure and over the whole stream, so that each run gives the same answer.
 *
 * Source: Bifet & Gavaldà (2007), SIAM SDM; cut criterion and buckets as in MOA and river.
 */
export function adwin(values: ArrayLike<number>, options: AdwinOptions = {}): Change[] {
  const changes: Change[] = [];
  let start = 0;
  while (start < values.length) {
    const change = firstChange(values, start, options);
    if (change === null) break;
    changes.push(change);
    start = change.at + 1;
  }
  return changes;
}

function firstChange(values: ArrayLike<number>, start: number, options: AdwinOptions): Change | null {
  const { clock = 32, maxBuckets = 5, gracePeriod = 10 } = options;
  const window = new Window(maxBuckets);
  for (let at = start; at < values.length; at++) {
    window.add(values[at]!);
    if (window.width % clock !== 0 || window.width <= gracePeriod) continue;
    const cut = window.findCut(options);
    if (cut !== null) {
      const { before, meanBefore, meanAfter } = cut;
      return { at, from: start + before, meanBefore, meanAfter };
    }
  }
  return null;
}

/** Sums of the values seen, oldest values in the largest buckets. */
class Window {
  width = 0;
  private total = 0;
  /** Sum of squared distances from the mean. */
  private squares = 0;
  /** `levels[k]`: sums over 2^k values each, oldest first. */
  private readonly levels: number[][] = [[]];
  private readonly maxBuckets: number;

  constructor(maxBuckets: number) {
    this.maxBuckets = maxBuckets;
  }

  add(value: number): void {
    if (this.width > 0) {
      const gap = value - this.total / this.width;
      this.squares += (this.width * gap * gap) / (this.width + 1);
    }
    this.width++;
    this.total += value;
    this.levels[0]!.push(value);
    for (let level = 0; this.levels[level]!.length > this.maxBuckets; level++) {
      const [first, second] = this.levels[level]!.splice(0, 2) as [number, number];
      (this.levels[level + 1] ??= []).push(first + second);
    }
  }

  findCut({ delta = 0.002, minWindow = 5, legacy = false }: AdwinOptions) {
    const logTerm = Math.log((2 * Math.log(this.width)) / delta);
    const variance = this.squares / this.width;
    let [before, sum] = [0, 0];
    for (let level = this.levels.length - 1; level >= 0; level--) {
      const buckets = this.levels[level]!;
      const size = 1 << level;
      for (const bucket of legacy ? buckets.slice(0, -1) : buckets) {
        before += size;
        sum += bucket;
        const after = this.width - before;
        if (before < minWindow || after < minWindow) continue;
        const scale = 1 / (before - minWindow + 1) + 1 / (after - minWindow + 1);
        const allowed = Math.sqrt(2 * scale * variance * logTerm) + (2 / 3) * logTerm * scale;
        const [meanBefore, meanAfter] = [sum / before, (this.total - sum) / after];
        if (Math.abs(meanBefore - meanAfter) > allowed) return { before, meanBefore, meanAfter };
      }
    }
    return null;
  }
}
