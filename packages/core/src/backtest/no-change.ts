export interface KnownLabels {
  /** [rows]: when each row came, ascending, epoch milliseconds. */
  readonly times: Float64Array;
  /** [rows]: encoded as for metrics; NaN: no label. */
  readonly labels: Float64Array;
  /** How long after its row a label is known, milliseconds. */
  readonly delay: number;
  /** 2 for binary, at least 3 for multiclass, 0 for a regression. */
  readonly classes: number;
}

/** No more certain than this, and never against the last label. */
const LEAST_SURE = 0.51;

/**
 * The answers of whoever expects no change: the newest label that was known when the row came. As a probability it is as sure
 * as labels before it were alike. A model that does not beat it has learned nothing that lasts.
 *
 * @param rows ascending. @returns laid out as predictions; `null`: nothing is known before one of them.
 */
export function noChangeAnswers(
  { times, labels, delay, classes }: KnownLabels,
  rows: Uint32Array,
): Float64Array | null {
  const outputs = classes > 2 ? classes : 1;
  const answers = new Float64Array(rows.length * outputs);
  let [seen, last, alike, pairs] = [0, Number.NaN, 0, 0];
  for (const [i, row] of rows.entries()) {
    for (; seen < row && times[seen]! < times[row]! && times[seen]! + delay <= times[row]!; seen++) {
      const label = labels[seen]!;
      if (Number.isNaN(label)) continue;
      if (!Number.isNaN(last)) pairs++;
      if (label === last) alike++;
      last = label;
    }
    if (Number.isNaN(last)) return null;
    const sure = Math.max(LEAST_SURE, (alike + 1) / (pairs + 2));
    if (classes === 0) answers[i] = last;
    else if (classes === 2) answers[i] = last === 1 ? sure : 1 - sure;
    else
      for (let each = 0; each < classes; each++)
        answers[i * classes + each] = each === last ? sure : (1 - sure) / (classes - 1);
  }
  return answers;
}
