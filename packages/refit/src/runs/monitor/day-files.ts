import { dayFileText, mergeDayFiles, readDayFile, sumArm, type DayFile, type DayPart } from "@refit/core/production";
import { keepValue, recallValue } from "../../data/cache.ts";
import { readLedger } from "../../ledger/ledger.ts";
import type { Ports } from "../../ports/index.ts";
import type { AnswersOfDay, DayOfLines, JoinedLog } from "../../ports/prediction-logs.ts";
import type { Repository } from "../../ports/repository.ts";
import { decodeText, encodeText } from "../../text.ts";
import type { ProductionSettings } from "./production-settings.ts";

/** What a day was made of, and what came of it: as long as that is the same, it is not made again. */
interface KnownDay {
  /** Of settings, files, and labels. */
  readonly digest: string;
  readonly part: DayPart;
  readonly odd: OddAnswers;
}
type KnownDays = Readonly<Record<string, KnownDay>>;

export type OddAnswers = Pick<AnswersOfDay, "unknownVersion" | "unfit" | "unknownClass">;

export interface DaysRequest {
  readonly model: string;
  readonly days: readonly DayOfLines[];
  readonly joined: JoinedLog;
  readonly settings: ProductionSettings;
  readonly dryRun: boolean;
}

export interface MadeDays {
  readonly parts: ReadonlyMap<string, DayPart>;
  readonly odd: OddAnswers;
  /** Days that were made this time. */
  readonly made: number;
}

/** What is known of each day of the log: days whose files and labels are as they were are not read again. */
export async function makeDays(
  { files, out }: Pick<Ports, "files" | "out">,
  repository: Repository,
  { model, days, joined, settings, dryRun }: DaysRequest,
): Promise<MadeDays> {
  const place = `production/${model}.json`;
  const before = ((await recallValue(files, repository, place))?.value ?? {}) as KnownDays;
  const now: Record<string, KnownDay> = {};
  let made = 0;
  for (const [i, { day, files: from, versions }] of days.entries()) {
    const one = joined.days[i]!;
    const by = settings.digestOf(versions);
    const digest = JSON.stringify([by, from, one.answers, one.digest]);
    const known = before[day];
    if (known?.digest === digest) {
      now[day] = known;
      continue;
    }
    out.progress("Comparing answers with labels", i / days.length);
    const answers = await joined.answersOf(day);
    now[day] = { digest, part: partOf(answers, { from, by, settings }), odd: oddOf(answers) };
    made += 1;
  }
  if (!dryRun && made > 0) await keepValue(files, repository, place, now);
  const all = Object.values(now);
  const sum = (name: keyof OddAnswers) => all.reduce((total, { odd }) => total + odd[name], 0);
  return {
    parts: new Map(Object.entries(now).map(([day, { part }]) => [day, part])),
    odd: { unknownVersion: sum("unknownVersion"), unfit: sum("unfit"), unknownClass: sum("unknownClass") },
    made,
  };
}

const oddOf = ({ unknownVersion, unfit, unknownClass }: AnswersOfDay): OddAnswers => ({
  unknownVersion,
  unfit,
  unknownClass,
});

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
