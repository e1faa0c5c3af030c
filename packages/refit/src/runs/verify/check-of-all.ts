import { RefitError } from "@refit/core/errors";
import { cell } from "@refit/core/report";
import type { Ports } from "../../ports/index.ts";
import type { CheckRequest } from "../../ports/forge.ts";
import type { Verification } from "./verification.ts";

type AnswerForAll = Pick<CheckRequest, "conclusion" | "title" | "summary" | "inputDigest">;

/** More names say no more. */
const mostNamed = 5;

/**
 * Shows one check for all models on the pull request that started the run, whatever it changes and however the verification
 * ends: a ruleset requires this one, and what waits for it would otherwise wait for ever. Failed where the verification itself breaks.
 */
export async function answeringForAll(
  { forge }: Pick<Ports, "forge">,
  verify: () => Promise<readonly Verification[]>,
): Promise<readonly Verification[]> {
  const show = async (answer: AnswerForAll) => {
    if (forge.pullRequest !== null) await forge.ensureCheck({ model: null, head: null, ...answer });
  };
  try {
    const verifications = await verify();
    await show(answerForAll(verifications));
    return verifications;
  } catch (error) {
    // What stopped it is what people have to know, also where it stops this as well.
    await show(notVerified(error)).catch(() => {});
    throw error;
  }
}

/** What the check of one model says. A person may merge what is undecided. */
export function conclusionOf({ result, verdict }: Verification): CheckRequest["conclusion"] {
  return result === "failed" ? "failure" : verdict === "inconclusive" ? "neutral" : "success";
}

/** The worst of the answers, and the models that it is about. Pure. */
export function answerForAll(verifications: readonly Verification[]): AnswerForAll {
  const by = (wanted: CheckRequest["conclusion"]) => verifications.filter((each) => conclusionOf(each) === wanted);
  const changed = verifications.filter(({ result }) => result !== "unchanged");
  const weakened = verifications.filter((each) => each.weakened.length > 0);
  const [failed, undecided] = [by("failure"), by("neutral")];
  const told = [...new Set([...failed, ...undecided, ...changed, ...weakened])];
  const rest = verifications.length - told.length;
  const [only] = changed;
  const summary = [
    ...told.flatMap((each) => [
      `- **${cell(each.model)}**: ${cell(each.title)}.`,
      ...each.problems.map((problem) => `  - ${cell(problem)}`),
    ]),
    ...(rest > 0 ? [`- Not changed: ${rest} ${rest === 1 ? "model" : "models"}.`] : []),
  ];
  return {
    conclusion: failed.length > 0 ? "failure" : undecided.length > 0 ? "neutral" : "success",
    title: titleOf({ failed, undecided, changed, weakened }),
    summary: summary.length > 0 ? summary.join("\n") : "This repository has no models yet.",
    inputDigest: changed.length === 1 ? only!.inputDigest : null,
  };
}

type Sorted = Readonly<Record<"failed" | "undecided" | "changed" | "weakened", readonly Verification[]>>;

function titleOf({ failed, undecided, changed, weakened }: Sorted): string {
  if (failed.length > 0) return `This must not be merged: ${namesOf(failed)}`;
  if (undecided.length > 0) return `Undecided, a person may merge it: ${namesOf(undecided)}`;
  if (changed.length === 1) return `${changed[0]!.model}: ${changed[0]!.title}`;
  if (changed.length > 1) return `All ${changed.length} changed champions pass: ${namesOf(changed)}`;
  const lowered = weakened.length > 0 ? `; weakens checks of ${namesOf(weakened)}` : "";
  return `Nothing to judge here: no champion is changed${lowered}`;
}

function namesOf(verifications: readonly Verification[]): string {
  const names = verifications.slice(0, mostNamed).map(({ model }) => model);
  const more = verifications.length - names.length;
  return names.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function notVerified(error: unknown): AnswerForAll {
  const why =
    error instanceof RefitError
      ? `${cell(`${error.code}: ${error.message}`)} ${cell(error.hint)}`
      : "It stopped unexpectedly; the log of the job says why.";
  return {
    conclusion: "failure",
    title: "Not verified: refit could not finish",
    summary: `${why}\n\nNothing was checked to the end, so nothing should be merged. Run the job again once this is fixed.`,
    inputDigest: null,
  };
}
