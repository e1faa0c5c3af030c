import type { Attention } from "../decide/attention.ts";
import { DAY } from "../time.ts";
import { counted, firstFew } from "./number-text.ts";
import { day } from "./sentences.ts";
import { visibleText } from "./visible-text.ts";

/** What a person has to look at, and what to do. */
export interface AttentionWords {
  readonly what: string;
  readonly fix: string;
}

/** More names say no more. */
const mostNamed = 3;

/** The thing itself in a word or two, for a cell of a table. */
export function attentionLabel(attention: Attention, now: number): string {
  switch (attention.kind) {
    case "blocked":
      return attention.runs === 1 ? "blocked" : `blocked ${attention.runs}×`;
    case "rejected":
      return attention.runs === 1 ? rejectedLabel(daysBetween(attention.since, now)) : `rejected ${attention.runs}×`;
    case "learner-missing":
      return "no learner";
    case "unmatched-files":
      return "stray files";
    case "inconclusive":
      return `undecided ${attention.runs}×`;
    case "proposal":
      return attention.since === null ? "proposal" : `proposal ${shortAge(daysBetween(attention.since, now))}`;
    case "stale-clone":
      return "stale clone";
    case "canary":
      return attention.why === "old" ? `canary ${shortAge(daysBetween(attention.since, now))}` : "canary";
    case "broken":
    case "unreadable":
      return attention.kind;
  }
}

export function attentionWords(model: string, attention: Attention, now: number): AttentionWords {
  switch (attention.kind) {
    case "broken":
      return {
        what: "the champion's folder does not match its lineage.json.",
        fix: `Run \`refit rollback ${model}\` and merge it.`,
      };
    case "blocked":
      return blockedWords(model, attention);
    case "rejected":
      return {
        what: `${rejectedWords(attention)}, so nothing was proposed. ${attention.isFirst ? "There is still no champion." : "What is live has not changed."}`,
        fix: `Run \`refit report ${model} --last\` to see why.`,
      };
    case "unreadable":
      return { what: visibleText(attention.message, 500), fix: visibleText(attention.hint, 500) };
    case "learner-missing":
      return {
        what: `the learner \`${attention.learner}\` cannot be used here. ${visibleText(attention.message, 500)}`,
        fix: visibleText(attention.hint, 500),
      };
    case "unmatched-files":
      return unmatchedWords(attention);
    case "inconclusive":
      return {
        what: `the last ${attention.runs} candidates ended without a decision.`,
        fix: `Judge on more rows (\`holdout.days\`, \`holdout.minRows\`) or retrain less often; \`refit backtest ${model} --policy FILE\` compares.`,
      };
    case "proposal":
      return proposalWords(model, attention, now);
    case "canary":
      return canaryWords(model, attention, now);
    case "stale-clone":
      return {
        what: `nothing was fetched from the remote for ${counted(daysBetween(attention.since, now), "day")}, so this may be out of date.`,
        fix: "Run `git fetch`.",
      };
  }
}

function blockedWords(
  model: string,
  { runs, since, findings, isFirst }: Extract<Attention, { kind: "blocked" }>,
): AttentionWords {
  const by = findings.length === 0 ? "" : `, by ${findings.join(", ")}`;
  const live = isFirst ? "There is no champion yet, and none can be made." : "What is live has not changed.";
  return {
    what: `blocked in ${counted(runs, "run")} since ${day(since)}${by}. ${live}`,
    fix: `Run \`refit run ${model} --dry-run\` to see why and what to do.`,
  };
}

function rejectedWords({ runs, since }: Extract<Attention, { kind: "rejected" }>): string {
  if (runs === 1) return `the newest candidate, of ${day(since)}, was rejected`;
  return `the last ${runs} candidates, since ${day(since)}, were rejected`;
}

function unmatchedWords({ manifest, files }: Extract<Attention, { kind: "unmatched-files" }>): AttentionWords {
  const { few, more } = firstFew(files, mostNamed);
  const names = few.map((file) => `\`${visibleText(file, 200)}\``).join(", ") + (more > 0 ? ` and ${more} more` : "");
  const verb =
    files.length === 1
      ? "is not read: no source of a data manifest matches it"
      : "are not read: no source of a data manifest matches them";
  return {
    what: `${names} ${verb}.`,
    fix: `Add the path, or a pattern such as \`*.csv\`, to \`sources\` in ${manifest}, or move the files elsewhere.`,
  };
}

function canaryWords(
  model: string,
  { why, since, problem }: Extract<Attention, { kind: "canary" }>,
  now: number,
): AttentionWords {
  const stop = `Merge its stop: \`refit canary ${model} --stop\` proposes it.`;
  if (why === "broken") return { what: `the canary gets no requests: ${visibleText(problem ?? "", 500)}`, fix: stop };
  if (why === "champion-moved")
    return { what: "the champion has changed since the canary was compared with it.", fix: stop };
  return {
    what: `a canary has been running for ${counted(daysBetween(since, now), "day")}, longer than \`maxDays\`.`,
    fix: `\`refit canary ${model}\` says what comes next; promote it or stop it.`,
  };
}

function proposalWords(
  model: string,
  { state, since }: Extract<Attention, { kind: "proposal" }>,
  now: number,
): AttentionWords {
  const age = since === null ? "" : ageWords(daysBetween(since, now));
  switch (state) {
    case "open":
      return { what: `a proposal has been open${age}.`, fix: `Merge it, or \`refit reject ${model}\`.` };
    case "under-review":
      return {
        what: `a proposal has been under review${age}.`,
        fix: "Merge or close it; refit leaves it alone until then.",
      };
    case "unfinished":
      return {
        what: "a proposal was not published, or its run was cut short.",
        fix: `Run \`refit run ${model} --push\`.`,
      };
  }
}

const rejectedLabel = (days: number) => (days === 0 ? "rejected" : `rejected ${shortAge(days)}`);

const shortAge = (days: number) => (days === 0 ? "new" : `${days} d`);

const ageWords = (days: number) => (days === 0 ? " for less than a day" : ` for ${counted(days, "day")}`);

const daysBetween = (since: number, now: number) => Math.max(0, Math.floor((now - since) / DAY));
