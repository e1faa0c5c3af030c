import { adwin } from "../../src/statistics/detectors/adwin.ts";
import { ddm } from "../../src/statistics/detectors/ddm.ts";
import { hddmA } from "../../src/statistics/detectors/hddm-a.ts";
import { pageHinkley } from "../../src/statistics/detectors/page-hinkley.ts";
import { type Adapters, type OtherCase } from "./adapter.ts";
import { type Answer } from "./compare.ts";

/** Detectors on streams. */
export const streams = {
  ddm(input: Stream & { params: { warm_start?: number; warning?: number; drift?: number } }, cases) {
    const { warm_start: warmStart, warning, drift } = input.params;
    return detected(ddm(stream(input, cases), given({ warmStart, warning, drift })));
  },
  hddm_a(input: Stream & { params: Record<string, never> }, cases) {
    const {
      drift_confidence: driftConfidence,
      warning_confidence: warningConfidence,
      two_sided_test: twoSided,
    } = input.params;
    return detected(hddmA(stream(input, cases), given({ driftConfidence, warningConfidence, twoSided })));
  },
  page_hinkley(input: Stream & { params: Record<string, number> }, cases) {
    const { min_instances: minInstances, delta, threshold, alpha } = input.params;
    const drifts = pageHinkley(stream(input, cases), given({ minInstances, delta, threshold, alpha }));
    return detected({ drifts, warnings: [] });
  },
  adwin: (input: AdwinInput, cases) => adwinAnswer(input, cases, false),
  adwin_legacy: (input: AdwinInput, cases) => adwinAnswer(input, cases, true),
} satisfies Adapters;

interface Stream {
  readonly stream_digits?: string;
  /** Id of the case whose stream this is. */
  readonly stream_same_as?: string;
}

function stream({ stream_digits, stream_same_as }: Stream, cases: readonly OtherCase[]): number[] {
  const digits = stream_digits ?? cases.find(({ id }) => id === stream_same_as)?.input.stream_digits;
  if (digits === undefined) throw new Error(`no case "${stream_same_as}" with a stream`);
  return Array.from(digits, Number);
}

function detected({ drifts, warnings }: { drifts: readonly number[]; warnings: readonly number[] }): Answer {
  return { drift_indices: drifts, first_warning_indices: warnings.slice(0, 5) }; // the reference lists five
}

interface AdwinInput extends Stream {
  readonly params: {
    readonly delta?: number;
    readonly clock?: number;
    readonly max_buckets?: number;
    readonly min_window_length?: number;
    readonly grace_period?: number;
  };
}

function adwinAnswer(input: AdwinInput, cases: readonly OtherCase[], legacy: boolean): Answer {
  const {
    delta,
    clock,
    max_buckets: maxBuckets,
    min_window_length: minWindow,
    grace_period: gracePeriod,
  } = input.params;
  const options = given({ delta, clock, maxBuckets, minWindow, gracePeriod });
  const changes = adwin(stream(input, cases), { ...options, legacy });
  return detected({ drifts: changes.map(({ at }) => at), warnings: [] });
}

/** Without the fields that a case leaves to the default. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}
