import { CommandFailedError, type CommandOutcome } from "@refit/core/errors";

/** Failures of a program that may come of another one beside it: there is too little memory, or time, for both. */
const ofCrowding: readonly CommandOutcome[] = ["exit-code", "ended-by-signal", "timed-out"];

/** @param atOnce programs answer: it takes longer to start one than to answer. What answers in this process would only hold more rows. */
export async function askModels<Answers extends readonly unknown[]>(
  asks: { readonly [Each in keyof Answers]: () => Promise<Answers[Each]> },
  { atOnce }: { readonly atOnce: boolean },
): Promise<Answers> {
  if (atOnce) return askAtOnce(asks);
  const answers: unknown[] = [];
  for (const ask of asks) answers.push(await ask());
  return answers as unknown as Answers;
}

/**
 * One that fails beside others is asked again alone, since nothing says whether two of them fit into the memory of this machine, or of
 * its graphics card.
 *
 * @throws what one of them throws that is alone.
 */
async function askAtOnce<Answers extends readonly unknown[]>(asks: {
  readonly [Each in keyof Answers]: () => Promise<Answers[Each]>;
}): Promise<Answers> {
  const ends = await Promise.allSettled(asks.map((ask) => ask()));
  const other = ends.find((end) => end.status === "rejected" && !isOfCrowding(end.reason));
  if (other?.status === "rejected") throw other.reason;
  const answers: unknown[] = [];
  for (const [i, end] of ends.entries()) answers.push(end.status === "fulfilled" ? end.value : await asks[i]!());
  return answers as unknown as Answers;
}

function isOfCrowding(error: unknown): boolean {
  return error instanceof CommandFailedError && ofCrowding.includes(error.outcome);
}
