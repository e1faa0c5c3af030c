import { formatNumber } from "./format-number.ts";
import { counted, firstFew, number, signed } from "./number-text.ts";
import { paragraph, tableOf, type Block, type Details, type Section } from "./section.ts";
import type { ShadowAnswer } from "./shadow-schema.ts";
import { data, joinTexts, say, sentenceOf, type Text } from "./text.ts";

type ComparedShadow = NonNullable<ShadowAnswer["compared"]>;
type ShadowSlice = ComparedShadow["slices"][number];

/** Holm's p up to which a slice is said to stand out. */
const claimed = 0.05;
const mostClaims = 5;
const mostNames = 10;
const mostSlices = 50;

/** How differently two versions answer what was really asked. It decides nothing: nobody knows here which answers are right. */
export function shadowSection(answer: ShadowAnswer): Section {
  const { compared } = answer;
  const body = compared === null ? [paragraph([sentenceOf(answer.whyNot ?? "")])] : comparedBlocks(answer, compared);
  return { id: "shadow", title: "Shadow: logged predictions, replayed", body, keep: 50 };
}

function comparedBlocks(answer: ShadowAnswer, compared: ComparedShadow): (Block | Details)[] {
  const { slices, decisions } = compared;
  const notices = noticesOf(answer, compared);
  return [
    paragraph(decidedSentence(answer, compared)),
    paragraph(scoreSentence(answer, compared)),
    ...(slices.length === 0 ? [] : [paragraph(claimSentence(compared))]),
    paragraph(replaySentence(answer)),
    ...(notices.length === 0 ? [] : [{ kind: "notice" as const, lines: notices }]),
    ...(answer.latency === null ? [] : [paragraph([latencySentence(answer.latency)])]),
    ...(decisions === null || decisions.flips.length === 0 ? [] : [flipTable(answer, decisions.flips)]),
    ...(slices.length === 0 ? [] : [sliceTable(slices)]),
  ];
}

const labels = ({ champion, challenger }: ShadowAnswer) => [champion!.label, nameOf(challenger!.label)] as const;
const nameOf = (label: string) => (label === "proposal" ? "the proposal" : label);
const upperFirst = (words: string) => words.slice(0, 1).toUpperCase() + words.slice(1);
const percentage = (part: number, all: number) => (all === 0 ? "–" : `${((100 * part) / all).toFixed(1)} %`);

function decidedSentence(answer: ShadowAnswer, { rows, decisions }: ComparedShadow): Text {
  const [champion, challenger] = labels(answer);
  const { from, to } = answer.log;
  const days = from === null || to === null ? "" : `, answered from ${from.slice(0, 10)} to ${to.slice(0, 10)}`;
  if (decisions === null)
    return say`${upperFirst(challenger)} and ${champion} were asked the same ${rows} logged rows${days}.`;
  const flipped = rows - decisions.agreed;
  return say`${upperFirst(challenger)} decides otherwise than ${champion} in ${flipped} of ${rows} logged rows (${percentage(flipped, rows)})${days}.`;
}

function scoreSentence(answer: ShadowAnswer, { scores, decisions }: ComparedShadow): Text {
  const [before, now] = labels(answer);
  const { of, champion, challenger, meanMove, ks, jsDistanceBase2 } = scores;
  const shares =
    jsDistanceBase2 === null ? "" : `, Jensen-Shannon distance of the decisions ${number(jsDistanceBase2)}`;
  if (champion === null || challenger === null)
    return say`The probabilities of a row differ by ${formatNumber(meanMove)} on average (half the sum over the classes)${shares}.`;
  const what: Text = of === null || decisions === null ? ["Mean prediction"] : say`Mean probability of ${data(of)}`;
  return say`${what}: ${formatNumber(champion)} with ${before}, ${formatNumber(challenger)} with ${now} (${signed(challenger - champion)}). A row moves by ${formatNumber(meanMove)} on average; KS distance ${number(ks)}${shares}.`;
}

function claimSentence({ slices, rows, decisions }: ComparedShadow): Text {
  const found = slices.filter(
    ({ pHolm, moreThanElsewhere }) => moreThanElsewhere && pHolm !== null && pHolm <= claimed,
  );
  const tested = slices.filter(({ p }) => p !== null).length;
  if (tested === 0) return say`No slice has 100 rows, with 100 others beside it, so none was tested.`;
  if (found.length === 0)
    return say`In none of ${counted(tested, "slice")} do answers change more than elsewhere (Holm p above ${claimed}).`;
  const { few, more } = firstFew(
    found.toSorted((a, b) => a.pHolm! - b.pHolm!),
    mostClaims,
  );
  const flips = decisions && rows - decisions.agreed;
  const clauses = few.map((slice) => claimClause(slice, { rows, flips }));
  const others = more === 0 ? "" : `; and ${counted(more, "more slice")}`;
  return say`Answers change more than elsewhere in ${joinTexts(clauses, "; ")}${others}.`;
}

function claimClause(
  { column, value, rows, flipped, meanMove, pHolm }: ShadowSlice,
  all: { readonly rows: number; readonly flips: number | null },
): Text {
  const name = say`${data(column)} = ${data(value)}`;
  const p = `Holm p ${number(pHolm)}`;
  if (flipped === null || all.flips === null)
    return say`${name} (by ${formatNumber(meanMove)} on average, ${counted(rows, "row")}, ${p})`;
  return say`${name} (${percentage(flipped, rows)} of ${counted(rows, "row")}, elsewhere ${percentage(all.flips - flipped, all.rows - rows)}, ${p})`;
}

function replaySentence({ exact, log, missing, compared }: ShadowAnswer): Text {
  const others = log.rows - log.unreadable - exact;
  if (others === 0) return say`All of these rows were replayed exactly.`;
  const names = firstFew(missing, mostNames);
  const list = joinTexts(
    names.few.map(({ column, sensitive }) => say`${data(column)}${sensitive ? " (sensitive)" : ""}`),
    ", ",
  );
  const lacking = say`${list}${names.more === 0 ? "" : ` and ${names.more} more`}`;
  return compared?.exactly === true
    ? say`${counted(exact, "row")} replayed exactly; ${counted(others, "other row")} left out, since the log lacks ${lacking}.`
    : say`${counted(exact, "row")} of ${exact + others} could be replayed exactly: the log lacks ${lacking}. Both versions were asked as if that were missing, so the numbers are a rough guide.`;
}

/** What speaks against the replay itself. */
function noticesOf({ skew, champion, log, missingSlices }: ShadowAnswer, { rows }: ComparedShadow): Text[] {
  const lines: Text[] = [];
  if (skew !== null && skew.differing > 0)
    lines.push(
      say`${champion!.label} gives another answer now to ${counted(skew.differing, "row")} of the ${skew.rows} that it answered when it served (by at most ${formatNumber(skew.largest)}). What was served and what is replayed differ: look for inputs that are changed on the way to the model, and for another version of a learner or of a library.`,
    );
  if (skew === null)
    lines.push(
      say`${champion!.label} itself has answered none of the rows whose inputs are all there, so the replay could not be checked against served answers.`,
    );
  if (log.damaged > 0) lines.push(say`${counted(log.damaged, "line")} of the log could not be read.`);
  if (log.unreadable > 0)
    lines.push(say`${counted(log.unreadable, "row")} left out, with a value that its column cannot have.`);
  if (rows < 100) lines.push(say`${counted(rows, "row")}: too few to tell how often answers will change.`);
  if (missingSlices.length > 0) {
    const { few, more } = firstFew(missingSlices, mostNames);
    const names = joinTexts(
      few.map((name) => [data(name)]),
      ", ",
    );
    lines.push(say`The log has no value for the slices by ${names}${more === 0 ? "" : ` and ${more} more`}.`);
  }
  return lines;
}

function latencySentence({ rows, championMs, challengerMs, ratio, interval }: NonNullable<ShadowAnswer["latency"]>) {
  return `${counted(rows, "row")} take ${formatNumber(championMs)} ms and ${formatNumber(challengerMs)} ms on this machine, ratio ${formatNumber(ratio)} (90 % interval ${formatNumber(interval[0])} to ${formatNumber(interval[1])}); no gate reads it.`;
}

function flipTable(answer: ShadowAnswer, flips: NonNullable<ComparedShadow["decisions"]>["flips"]): Details {
  const [champion, challenger] = labels(answer);
  const rows = flips.map(({ from, to, rows: count }) => [[data(from)], [data(to)], String(count)]);
  return {
    kind: "details",
    summary: say`Decisions that change, by class`,
    blocks: [tableOf([champion, challenger, "rows"], rows)],
  };
}

function sliceTable(slices: readonly ShadowSlice[]): Details {
  const sorted = slices.toSorted((a, b) => (a.pHolm ?? 2) - (b.pHolm ?? 2));
  const rows = sorted
    .slice(0, mostSlices)
    .map(({ column, value, rows: count, flipped, meanMove, pHolm }) => [
      say`${data(column)} = ${data(value)}`,
      String(count),
      flipped === null ? "–" : `${flipped} (${percentage(flipped, count)})`,
      formatNumber(meanMove),
      pHolm === null ? "too few rows to test" : number(pHolm),
    ]);
  return {
    kind: "details",
    summary: say`${counted(slices.length, "slice")}, those that differ most from the rest first`,
    blocks: [tableOf(["slice", "rows", "decided otherwise", "mean move", "Holm’s p"], rows)],
  };
}
