import { Limit, limitAt, Word, word } from "./control";

// Addresses of what training reads and writes itself; their layout stands in `control.ts`.

export function units(): u32 {
  return word(Word.Units);
}

export function results(): u32 {
  return word(Word.Results);
}

export function routes(): u32 {
  return word(Word.Routes);
}

export function splits(): u32 {
  return word(Word.Splits);
}

export function leafRows(): u32 {
  return word(Word.LeafRows);
}

export function leafValues(): u32 {
  return word(Word.LeafValues);
}

export function bins(): u32 {
  return word(Word.Bins);
}

export function furtherBins(): u32 {
  return word(Word.FurtherBins);
}

export function order(): u32 {
  return word(Word.Order);
}

/** Of the leaf that is counted: gradient, hessian, rows and bounds, as `total` says. */
export function totals(): u32 {
  return limitAt(Limit.Counted);
}

export function pairs(): u32 {
  return word(Word.Pairs);
}

export function targets(): u32 {
  return word(Word.Targets);
}

export function weights(): u32 {
  return word(Word.Weights);
}

/** 16 bytes for each training row. */
export function ordered(): u32 {
  return word(Word.Ordered);
}

/** Of the first output. */
export function scores(): u32 {
  return word(Word.Scores);
}

/** Of the first output. */
export function furtherScores(): u32 {
  return word(Word.FurtherScores);
}

export function histograms(): u32 {
  return word(Word.Histograms);
}

/** From one histogram to the next. */
export function histogramBytes(): u32 {
  return word(Word.HistogramBytes);
}

/** The first thread's. */
export function groups(): u32 {
  return word(Word.Groups);
}
