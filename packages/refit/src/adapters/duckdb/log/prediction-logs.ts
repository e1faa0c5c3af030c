import { randomUUID } from "node:crypto";
import path from "node:path";
import type {
  ForgottenKeys,
  ForgottenLines,
  OpenedLog,
  OpenLogRequest,
  PredictionLogs,
} from "../../../ports/prediction-logs.ts";
import { machineFolder } from "../../disk/scratch.ts";
import { openSession, type Session } from "../session.ts";
import { literal, literals } from "../sql-text.ts";
import { compactedDays, compactLines } from "./compact-lines.ts";
import { joinLabels } from "./join-labels.ts";
import { newestLines } from "./newest-lines.ts";
import { writeLabels } from "./write-labels.ts";
import { factsOfParquet, writeParquet } from "./write-parquet.ts";

/** Prediction logs on DuckDB. */
export const duckdbPredictionLogs: PredictionLogs = {
  async open(request) {
    const session = await sessionFor(request);
    const log: OpenedLog = {
      compact: (wanted) => compactLines(session, wanted),
      compacted: (paths) => compactedDays(session, paths),
      newest: (wanted) => newestLines(session, wanted),
      takeLabels: (table, file) => writeLabels(session, table, file),
      join: (wanted) => joinLabels(session, wanted),
      close: () => session.close(),
    };
    return log;
  },
  async forget(file, forgetting, limits) {
    const scratch = await machineFolder();
    const session = await sessionFor({ scratch: scratch.path, limits });
    try {
      return await forgetLines(session, file, forgetting);
    } finally {
      await session.close();
      await scratch.remove();
    }
  },
};

const sessionFor = ({ scratch, limits }: OpenLogRequest): Promise<Session> =>
  openSession(path.join(scratch, randomUUID()), limits);

async function forgetLines(
  session: Session,
  file: string,
  { keys, isBlind, dryRun }: ForgottenKeys,
): Promise<ForgottenLines> {
  const from = `read_parquet(${literal(file)})`;
  const isTheirs = `coalesce(key IN (${literals(keys)}), false)`;
  const isHashed = "coalesce(regexp_full_match(key, '[0-9a-f]{64}'), false)";
  const [counted] = await session.rows(
    `SELECT count(*) FILTER (WHERE ${isTheirs}), count(*) FILTER (WHERE NOT ${isTheirs} AND ${isHashed}) FROM ${from}`,
  );
  const [lines, hashed] = counted!.map(Number) as [number, number];
  if (lines > 0 && !dryRun) await writeWithout(session, file, isTheirs);
  return { lines, unreadable: isBlind ? hashed : 0 };
}

/** The file is replaced as a whole, and stays known by the files that it was made of. */
async function writeWithout(session: Session, file: string, condition: string): Promise<void> {
  const facts = (await factsOfParquet(session, [file])).get(file) ?? "";
  const sql = `SELECT * FROM read_parquet(${literal(file)}) WHERE NOT ${condition}`;
  await writeParquet(session, { sql, file, facts });
}
