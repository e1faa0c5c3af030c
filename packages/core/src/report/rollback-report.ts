import type { JudgedOnce, MeasuredTogether } from "../judge/judged-together.ts";
import { formatNumber } from "./format-number.ts";
import { measuredModelSentence, measuredRowsWords } from "./measured-words.ts";
import { signed } from "./number-text.ts";
import { keepAlways, paragraph, tableOf, type Report, type Section } from "./section.ts";
import { code, strong, say } from "./text.ts";

/** A version, and what its own files say of it. */
export interface RollbackSide {
  /** `v3`. */
  readonly label: string;
  /** By name, on its own holdout. */
  readonly metrics: Readonly<Record<string, number>>;
  /** `null`: it does not say on which rows. */
  readonly on: JudgedOnce["on"] | null;
}

export interface RollbackFacts {
  readonly model: string;
  /** What is live; `null`: nothing is. */
  readonly from: RollbackSide | null;
  readonly to: RollbackSide;
  readonly treeId: string;
  /** What is live (a) and what comes back (b), on the same rows; `null`: no run has measured both. */
  readonly together: MeasuredTogether | null;
}

/** What a proposal says that brings an earlier version back. */
export function rollbackReport({ model, from, to, treeId, together }: RollbackFacts): Report {
  const restored = say`The folder is restored exactly as it was (tree ${code(treeId)}). After the merge the replaced model is not proposed again for the same inputs.`;
  const main = together?.metrics[0];
  const numbers = from !== null && together !== null ? togetherSection(from, to, together) : apartSection(from, to);
  return {
    format: 1,
    model,
    headline: {
      verdict:
        from === null
          ? say`${strong(model)}: bring back ${to.label}. Nothing is live now.`
          : say`${strong(model)}: roll back from ${from.label} to ${to.label}.`,
      number:
        main === undefined || together === null || from === null
          ? null
          : say`${main.metric} ${formatNumber(main.a)} (${from.label}) → ${formatNumber(main.b)} (${to.label}), ${differenceWords(main.improvement)}, on the same ${measuredRowsWords(together.on)}.`,
      reason: null,
      objections: [],
    },
    sections: [
      { id: "restored", title: null, body: [paragraph(restored)], keep: keepAlways },
      ...(numbers === null ? [] : [numbers]),
    ],
  };
}

function differenceWords(improvement: number): string {
  if (improvement === 0) return "no difference";
  return `${improvement > 0 ? "better" : "worse"} by ${formatNumber(Math.abs(improvement))}`;
}

function togetherSection(from: RollbackSide, to: RollbackSide, { on, metrics, a, b }: MeasuredTogether): Section {
  const rows = metrics.map((row) => [row.metric, formatNumber(row.a), formatNumber(row.b), signed(row.improvement)]);
  const notes = [measuredModelSentence(from.label, a), measuredModelSentence(to.label, b)];
  return {
    id: "comparison",
    title: "Both versions on the same rows",
    body: [
      tableOf(["metric", `${from.label} (live)`, to.label, `improvement by ${to.label}`], rows),
      paragraph(say`Measured on ${measuredRowsWords(on)}, in one run.`),
      ...notes.flatMap((note) => (note === null ? [] : [paragraph([note])])),
    ],
    keep: 80,
  };
}

/** Each on its own rows; no section where neither says anything. */
function apartSection(from: RollbackSide | null, to: RollbackSide): Section | null {
  const sides = [...(from === null ? [] : [from]), to].filter(({ metrics }) => Object.keys(metrics).length > 0);
  if (sides.length === 0) return null;
  const rows = sides.flatMap(({ label, metrics, on }) =>
    Object.entries(metrics).map(([metric, value]) => [
      label,
      metric,
      formatNumber(value),
      on === null ? "–" : measuredRowsWords(on),
    ]),
  );
  const note =
    sides.length < 2
      ? []
      : [
          paragraph(
            say`The two were measured on different rows, so their numbers are not compared. With the data at hand, ${code("refit diff")} scores both again.`,
          ),
        ];
  return {
    id: "comparison",
    title: "What the versions reached when they were judged",
    body: [tableOf(["version", "metric", "value", "on"], rows), ...note],
    keep: 80,
  };
}
