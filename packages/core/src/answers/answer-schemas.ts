import * as z from "zod";
import { affectedAnswer } from "../affected/affected-answer.ts";
import { evidenceAnswer } from "../report/evidence-schema.ts";
import { storedReport } from "../report/report-schema.ts";
import { shadowAnswer } from "../report/shadow-schema.ts";
import { shownVersion } from "../report/shown-version.ts";
import { statusOfModel } from "../report/status-schema.ts";
import { toldHistory } from "../report/told-history.ts";
import { backtestAnswer } from "./backtest-answer.ts";
import { monitorAnswer } from "./production-answers.ts";
import {
  cacheAnswer,
  checkAnswer,
  demoAnswer,
  dashboardAnswer,
  doctorAnswer,
  errorAnswer,
  explainAnswer,
  forgetAnswer,
  initAnswer,
  schemaAnswer,
  siteAnswer,
} from "./repository-answers.ts";
import {
  acceptAnswer,
  canaryAnswer,
  chooseAnswer,
  importAnswer,
  planAnswer,
  promoteAnswer,
  rejectAnswer,
  rollbackAnswer,
  runAnswer,
  trainAnswer,
} from "./run-answers.ts";
import {
  diffAnswer,
  driftAnswer,
  exportAnswer,
  featuresAnswer,
  logAnswer,
  predictAnswer,
  probesAnswer,
  reproduceAnswer,
  serveAnswer,
  signAnswer,
  verifyAnswer,
  verifySignatureAnswer,
} from "./version-answers.ts";

/** What a command prints with `--json`. */
interface AnswerSchema {
  /** For `refit schema`. */
  readonly name: string;
  /** What it is of. */
  readonly title: string;
  readonly schema: z.ZodType;
}

/** Every answer, by the name of its command; where a stored file has that name, by what it is. */
export const answerSchemas: readonly AnswerSchema[] = [
  { name: "accept", title: "refit accept --json", schema: acceptAnswer },
  { name: "affected", title: "refit affected --json", schema: affectedAnswer },
  { name: "backtest", title: "refit backtest --json", schema: backtestAnswer },
  { name: "cache", title: "refit cache prune --json", schema: cacheAnswer },
  { name: "canary", title: "refit canary --json", schema: canaryAnswer },
  { name: "check", title: "refit check --json", schema: checkAnswer },
  { name: "choose", title: "refit choose --json", schema: chooseAnswer },
  { name: "dashboard", title: "refit dashboard --json", schema: dashboardAnswer },
  { name: "demo", title: "refit demo --json", schema: demoAnswer },
  { name: "diff", title: "refit diff --json", schema: diffAnswer },
  { name: "doctor", title: "refit doctor --json", schema: doctorAnswer },
  { name: "drift", title: "refit drift --json", schema: driftAnswer },
  { name: "evidence", title: "refit evidence --json", schema: evidenceAnswer },
  { name: "explain", title: "refit explain --json", schema: explainAnswer },
  { name: "export", title: "refit export --json", schema: exportAnswer },
  { name: "forget", title: "refit log forget --json", schema: forgetAnswer },
  { name: "history", title: "refit history --json", schema: toldHistory },
  { name: "import", title: "refit import --json", schema: importAnswer },
  { name: "init", title: "refit init --json", schema: initAnswer },
  { name: "log", title: "refit log --json", schema: logAnswer },
  { name: "materialized", title: "refit features materialize --json", schema: featuresAnswer },
  { name: "monitor", title: "refit monitor --json", schema: monitorAnswer },
  { name: "plan", title: "refit plan --json", schema: planAnswer },
  { name: "predict", title: "refit predict --json", schema: predictAnswer },
  { name: "probes", title: "refit probes --json", schema: probesAnswer },
  { name: "promote", title: "refit promote --json", schema: promoteAnswer },
  { name: "reject", title: "refit reject --json", schema: rejectAnswer },
  { name: "report", title: "refit report --json", schema: storedReport },
  { name: "reproduce", title: "refit reproduce --json", schema: reproduceAnswer },
  { name: "rollback", title: "refit rollback --json", schema: rollbackAnswer },
  { name: "run", title: "refit run --json", schema: runAnswer },
  { name: "schema", title: "refit schema --json", schema: schemaAnswer },
  { name: "serve", title: "refit serve --json", schema: serveAnswer },
  { name: "shadow", title: "refit shadow --json", schema: shadowAnswer },
  { name: "shown-version", title: "refit show --json", schema: shownVersion },
  { name: "sign", title: "refit sign --json", schema: signAnswer },
  { name: "site", title: "refit site --json", schema: siteAnswer },
  { name: "status", title: "refit status --json", schema: z.array(statusOfModel) },
  { name: "train", title: "refit train --json", schema: trainAnswer },
  { name: "verify", title: "refit verify --json", schema: verifyAnswer },
  { name: "verify-signature", title: "refit verify-signature --json", schema: verifySignatureAnswer },
  { name: "error", title: "an error of any command with --json", schema: errorAnswer },
];
