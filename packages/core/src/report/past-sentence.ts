import type { PastEvent } from "../ledger/past-events.ts";
import { formatNumber } from "./format-number.ts";
import { day } from "./sentences.ts";
import { data, say, type Text } from "./text.ts";

const version = (number: number | null) => (number === null ? "the champion" : `v${number}`);

/** What a run came to, or what happened on the base branch, as a sentence without its full stop. */
export function pastSentence(event: PastEvent): Text {
  const { kind, words } = event;
  switch (kind) {
    case "promoted":
      return say`promoted: v${event.version ?? 0} was merged${onDay(event.settledAt)}${insteadOf(event)}`;
    case "proposed":
      return say`proposed, not merged`;
    case "inconclusive":
      return say`inconclusive: proposed as a draft, not merged`;
    case "declined":
      return say`declined by a person${onDay(event.settledAt)}${words === null ? "" : say`: ${data(words)}`}`;
    case "rejected":
      return say`rejected: nothing was proposed`;
    case "blocked":
      return event.judged
        ? say`blocked: a new model was trained, but must not be promoted`
        : say`blocked: the new data were refused, and nothing was trained`;
    case "drift":
      return say`not retrained: the data have drifted (${formatNumber(event.driftLevel ?? 0)}, drift from 1), and drift has to be seen a second time first`;
    case "unblocked":
      return say`not retrained: the data pass the checks again, and nothing was due`;
    case "rollback":
      return say`rolled back: ${version(event.version)} is live again${insteadOf(event)}`;
    case "broken":
      return say`broken: v${event.version ?? 0} is not what its own \`lineage.json\` says; ${event.against === null ? "no version is live" : `v${event.against} stays the champion`}`;
    case "retired":
      return say`retired: the folder of ${version(event.against)} was removed`;
  }
}

const onDay = (at: number | null) => (at === null ? "" : ` on ${day(at)}`);

const insteadOf = ({ against, version: number }: PastEvent) =>
  against === null || against === number ? "" : `, instead of v${against}`;
