import type { TrainingPolicy } from "../spec/training-policy.ts";
import { counted, number } from "./number-text.ts";
import type { ReportInput, StartFacts } from "./report-input.ts";
import { paragraph, tableOf, type Section } from "./section.ts";
import { code, data, say } from "./text.ts";

/** Which candidates were trained, on how much, and which of them became the challenger. */
export function trainingSection({ training, comparison }: Pick<ReportInput, "training" | "comparison">): Section {
  const rows = training.candidates.map((candidate) => [
    say`${data(candidate.learner)}${foundPart(candidate.found)}${windowWords(candidate.window)}${calibrationWords(candidate.calibration)}${startWords(candidate.start)}${candidate.chosen ? " (challenger)" : ""}`,
    candidate.alone === true ? "not measured" : number(candidate.validation),
    candidate.failure === undefined ? `${(candidate.bytes / 1024).toFixed(1)} KiB` : "not trained",
    `${candidate.seconds.toFixed(1)} s`,
  ]);
  const failed = training.candidates.flatMap(({ learner, failure }) =>
    failure === undefined ? [] : [paragraph(say`${data(learner)} was not trained: ${data(failure)}`)],
  );
  const { trainRows, validationRows, seed, inputDigest } = training;
  const isAlone = training.candidates.some(({ alone }) => alone === true);
  const rowWords = isAlone
    ? `${counted(trainRows + validationRows, "training row")}, no validation rows`
    : `${trainRows} training rows, ${validationRows} validation rows`;
  const body = [
    tableOf(["candidate", `${comparison.primary} on validation rows`, "size", "training time"], rows),
    ...failed,
    ...(isAlone ? [paragraph(onlyCandidate)] : []),
    ...training.candidates.flatMap(startParagraph),
    paragraph(say`${rowWords}, seed ${seed}. Digest of the data and settings: ${code(inputDigest.slice(0, 12))}.`),
  ];
  return { id: "training", title: "Training", body, keep: 60 };
}

const onlyCandidate = say`It is the only candidate, and nothing stops its training early, so it was trained on the validation rows, too. It is judged on the holdout.`;

const foundPart = (found: string | undefined) => (found === undefined ? "" : say`: ${data(found)}`);
const calibrationWords = (method: string | undefined) => (method === undefined ? "" : `, ${method} calibration`);

const startWords = (start: StartFacts | undefined) => (start?.from ? `, goes on from ${start.from}` : "");

/** A warm start that was asked for and not made is said, with the reason. */
function startParagraph({ learner, start }: { readonly learner: string; readonly start?: StartFacts | undefined }) {
  if (!start || start.because === null) return [];
  const what =
    start.from === null
      ? "asks for `start: warm` and started from scratch"
      : `goes on from ${start.from} on all rows before the holdout, and was chosen by a training that started from scratch`;
  return [paragraph(say`${data(learner)} ${what}: ${data(start.because)}.`)];
}

function windowWords(window: TrainingPolicy | undefined): string {
  if (window === undefined) return "";
  const { days, rows, halfLifeDays } = window;
  return [
    ...(days === undefined ? [] : [`, newest ${days} days`]),
    ...(rows === undefined ? [] : [`, newest ${rows} rows`]),
    ...(halfLifeDays === undefined ? [] : [`, half-life ${halfLifeDays} days`]),
  ].join("");
}
