import type { CanaryAnswer } from "@refit/core/answers";
import type { CanaryMove } from "@refit/core/decide";
import { UsageError } from "@refit/core/errors";
import { day, visibleText } from "@refit/core/report";
import type { Ports } from "../ports/index.ts";
import { proposeMove, shownCanaries } from "../runs/canary.ts";
import type { Flags } from "./command.ts";
import { howToMerge } from "./how-to-merge.ts";
import { pushHelp, pushOptions, sayingPublished } from "./publishing.ts";

export const usage = "refit canary [model] [--step | --promote | --stop] [--push|--no-push] [--dry-run] [--json]";
export const summary = "Show the versions that answer a part of the requests, or propose what comes next for one.";
export const examples = [
  ["refit canary", "all canaries, with what comes next"],
  ["refit canary churn --step", "propose the next share of requests"],
  ["refit canary churn --stop", "propose that the champion answers every request again"],
] as const;
export const options = {
  step: { type: "boolean" },
  promote: { type: "boolean" },
  stop: { type: "boolean" },
  ...pushOptions,
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  step: "propose the next step of `steps` in rollout.yaml",
  promote: "propose the canary as the champion, after its last step",
  stop: "propose to remove the canary; the same inputs are not proposed again",
  ...pushHelp,
  "dry-run": "print what would be proposed and write nothing",
  json: "print the answer as JSON",
};

const moves = ["step", "promote", "stop"] as const satisfies readonly CanaryMove[];

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  const [model, ...more] = args;
  const asked = moves.filter((move) => flags[move] === true);
  if (more.length > 0) throw new UsageError("canary takes one model at most.", usage);
  if (asked.length > 1) throw new UsageError(`--${asked.join(" and --")} exclude each other.`, usage);
  const [move] = asked;
  if (move !== undefined && model === undefined) throw new UsageError(`--${move} needs a model.`, usage);
  const dryRun = flags["dry-run"] === true;
  const answer =
    move === undefined || model === undefined
      ? await shown(ports, model ?? null)
      : await sayingPublished(ports, () => proposeMove(ports, { model, move, dryRun }));
  if (flags.json === true) ports.out.print(JSON.stringify(answer, null, 2));
  else for (const line of lines(answer, model ?? null, dryRun)) ports.out.print(line);
  return 0;
}

async function shown(ports: Ports, model: string | null): Promise<CanaryAnswer> {
  const repository = await ports.git.locate();
  for (const notice of repository.notices) ports.out.notice(notice);
  return { canaries: await shownCanaries(ports, repository, model), proposed: null };
}

function lines({ canaries, proposed }: CanaryAnswer, model: string | null, dryRun: boolean): string[] {
  if (proposed !== null) {
    const { move, percent, branch, url } = proposed;
    const what = { step: `its next step, ${percent} %,`, promote: "its promotion", stop: "its stop" }[move];
    return [
      `${proposed.model}: ${dryRun ? "would propose" : "proposed"} ${what} on ${branch}.`,
      ...(url === null ? [] : [`  proposal: ${url}`, `  to accept: ${howToMerge({ url, branch })}`]),
    ];
  }
  if (canaries.length === 0) return [model === null ? "No canary runs." : `${model}: no canary runs.`];
  return canaries.flatMap(canaryLines);
}

function canaryLines(canary: CanaryAnswer["canaries"][number]): string[] {
  const { model, version, percent, next, since, days, maxDays, championMoved, problem } = canary;
  const share = percent === null ? "gets no requests" : `answers ${percent} % of the requests`;
  const age = maxDays === null ? `${days} days` : `${days} of at most ${maxDays} days`;
  const stop = `\`refit canary ${model} --stop\``;
  const coming =
    problem !== null
      ? `${visibleText(problem, 500)} Stop it with ${stop}.`
      : championMoved
        ? `the champion has changed since it was compared. Stop it with ${stop}.`
        : next === null
          ? `next: the promotion (\`refit canary ${model} --promote\`)`
          : `next: ${next} % (\`refit canary ${model} --step\`)`;
  return [`${model}: canary ${version.slice(0, 12)} ${share} since ${day(since)} (${age})`, `  ${coming}`];
}
