import type { CalibrationMaps } from "@refit/core/runtime";
import { exp, log } from "./elementary.ts";
import type { Graph, GraphValue } from "./graph.ts";
import { placeAmong } from "./place-among.ts";

type Map = CalibrationMaps[number];
type Platt = Extract<Map, { kind: "platt" }>;
type Isotonic = Extract<Map, { kind: "isotonic" }>;

/** As `applyCalibration`: each class through its own map, then divided by their sum. @param answers [N, maps]. */
export function calibrate(g: Graph, maps: CalibrationMaps, answers: GraphValue): GraphValue {
  const columns = g.columns(answers, maps.length);
  const mapped = maps.map((map, place) => through(g, map, columns[place]!));
  if (mapped.length === 1) return mapped[0]!;
  return g.div(g.beside(mapped), g.sum(mapped));
}

function through(g: Graph, map: Map, answer: GraphValue): GraphValue {
  return map.kind === "platt" ? throughPlatt(g, map, answer) : throughIsotonic(g, map, answer);
}

/** Of `logit.ts` and `calibration.ts` in core. */
const NEAREST = 1e-7;
const CERTAIN = 1e-12;
/** Log-odds of `NEAREST` are below 2^24. */
const MOST_POWER = 24;
/** e^-100 is as good as 0 beside `CERTAIN`. */
const FAR = 100;

function throughPlatt(g: Graph, { slope, intercept }: Platt, answer: GraphValue): GraphValue {
  const p = g.clip(answer, NEAREST, 1 - NEAREST);
  const odds = log(g, g.div(p, g.sub(1, p)), MOST_POWER);
  const score = g.add(g.mul(slope, odds), intercept);
  const weight = exp(g, g.max(g.sub(0, g.abs(score)), -FAR), FAR);
  const probability = g.div(g.choose(g.less(score, 0), weight, 1), g.add(1, weight));
  return g.clip(probability, CERTAIN, 1 - CERTAIN);
}

function throughIsotonic(g: Graph, { at, gives }: Isotonic, answer: GraphValue): GraphValue {
  const corner = placeAmong(g, answer, at.slice(1));
  const ofCorner = (value: (place: number) => number) => g.gather(g.list(at.map((_, place) => value(place))), corner);
  const isLast = (place: number) => place === at.length - 1;
  const from = ofCorner((place) => at[place]!);
  // Level behind the last corner.
  const width = ofCorner((place) => (isLast(place) ? 1 : at[place + 1]! - at[place]!));
  const rise = ofCorner((place) => (isLast(place) ? 0 : gives[place + 1]! - gives[place]!));
  const highest = ofCorner((place) => gives[isLast(place) ? place : place + 1]!);
  const share = g.div(g.sub(g.max(answer, at[0]!), from), width);
  return g.min(
    g.add(
      ofCorner((place) => gives[place]!),
      g.mul(share, rise),
    ),
    highest,
  );
}
