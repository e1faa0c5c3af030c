import { basename } from "node:path";
import { dayFileText, mergeDayFiles, readDayFile, sumArm, type DayFile, type DayPart } from "@refit/core/production";
import { readLedger } from "../../ledger/ledger.ts";
import type { Ports } from "../../ports/index.ts";
import type { AnswersOfDay, DayOfLines, JoinedLog } from "../../ports/prediction-logs.ts";
import type { Repository } from "../../ports/repository.ts";
import { decodeText, encodeText } from "../../text.ts";
import type { KnownDay, KnownLog } from "./known-log.ts";
import type { ProductionSettings } from "./production-settings.ts";

export interface DaysRequest {
  readonly days: readonly DayOfLines[];
  readonly settings: ProductionSettings;
  readonly known: KnownLog["days"];
  /** What is new of days and labels; `null`: nothing. */
  readonly joined: JoinedLog | null;
}

/** Names what a day is made of, apart from labels. */
export const namesOfDay = ({ localPath, versions }: DayOfLines, settings: ProductionSettings) =>
  JSON.stringify([settings.digestOf(versions), basename(localPath)]);

/** What is known of each day of the log: only days are made anew whose files, settings or labels differ from what is known. */
export async function makeDays(
  { out }: Pick<Ports, "out">,
  { days, settings, known, joined }: DaysRequest,
): Promise<KnownLog["days"]> {
  const looked = new Map((joined?.days ?? []).map((one) => [one.day, one]));
  const now: Record<string, KnownDay> = {};
  for (const [i, one] of days.entries()) {
    const { day, files } = one;
    const by = namesOfDay(one, settings);
    const before = known[day];
    const found = looked.get(day);
    if (before?.by === by && (found === undefined || before.labels === found.digest)) {
      now[day] = before;
      continue;
    }
    out.progress("Comparing answers with labels", i / days.length);
    const answers = await joined!.answersOf(day);
    const { unknownVersion, unfit, unknownClass } = answers;
    const part = partOf(answers, { from: files, by: settings.digestOf(one.versions), settings });
    now[day] = { by, labels: found!.digest, part, odd: { unknownVersion, unfit, unknownClass } };
  }
  return now;
}

interface PartOf {
  readonly from: readonly string[];
  readonly by: string;
  readonly settings: ProductionSettings;
}

function partOf({ arms }: AnswersOfDay, { from, by, settings }: PartOf): DayPart {
  const sums = arms.map((rows) => sumArm(rows, settings.settingsOf(rows)));
  return {
    files: [...from],
    settings: by,
    answers: arms.reduce((total, { labels }) => total + labels.length, 0),
    labelled: sums.reduce((total, { sums: { rows } }) => total + rows, 0),
    arms: sums as DayPart["arms"],
  };
}

const fileOf = (model: string, day: string) => `production/${model}/${day}.json`;

/** Days of a model as the ledger has them, together with those that are not there yet. */
export interface StoredDays {
  /** All days, oldest first. */
  readonly days: readonly DayFile[];
  /** Files that are not on the ledger as they should be, by their path there. */
  readonly changed: ReadonlyMap<string, Uint8Array>;
}

/** @throws LedgerInvalidError, FormatNewerError */
export async function storedDays(
  ports: Pick<Ports, "ancestry" | "git" | "files">,
  repository: Repository,
  model: string,
  parts: ReadonlyMap<string, DayPart>,
): Promise<StoredDays> {
  const { commit } = await readLedger(ports, repository, model);
  const entries = commit === null ? [] : await ports.git.list(commit, `production/${model}`);
  const own = entries.filter(({ path }) => /^\d{4}-\d\d-\d\d\.json$/.test(path));
  const contents = await ports.git.read(own.map(({ id }) => id));
  const stored = new Map(own.map(({ path }, i) => [path.slice(0, 10), decodeText(contents[i]!)]));
  const changed = new Map<string, Uint8Array>();
  const days = [...new Set([...stored.keys(), ...parts.keys()])].sort().map((day) => {
    const text = stored.get(day);
    const before = text === undefined ? null : readDayFile(fileOf(model, day), text);
    const part = parts.get(day);
    if (part === undefined) return before!;
    const after = mergeDayFiles(before, { format: 1, model, day, parts: [part] });
    const written = dayFileText(after);
    if (written !== text) changed.set(fileOf(model, day), encodeText(written));
    return after;
  });
  return { days, changed };
}
