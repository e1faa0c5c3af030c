import { expect, it } from "vitest";
import type { ModelStatus } from "./model-status.ts";
import { answerOf } from "../answers/told.ts";
import { dashboardText } from "./dashboard.ts";
import { statusOfModel } from "./status-schema.ts";
import { attentionLines, statusCells, statusColumns, statusSentences } from "./status-table.ts";
import { terminalTable } from "./terminal-table.ts";

const day = (number: number) => Date.UTC(2026, 5, number);
const now = day(20);

const healthy: ModelStatus = {
  group: null,
  model: "churn",
  state: "live",
  version: "v10",
  since: "2026-06-02",
  learnedUntil: "2026-05-31",
  learnedDaysAgo: 20,
  declared: false,
  metric: {
    name: "rocAuc",
    judged: 0.8402,
    judgedOn: { rows: 1202, from: "2026-05-01T00:00:00.000Z", to: "2026-05-31T00:00:00.000Z" },
    since: { metric: "rocAuc", value: 0.8123, rows: 412, at: day(18) },
  },
  newestRow: "2026-06-17",
  newestRowDaysAgo: 3,
  next: {
    triggers: [
      { kind: "new-rows", fired: false, newRows: 120, minNewRows: 500 },
      { kind: "age", fired: false, at: day(30) },
    ],
    waits: [],
  },
  proposal: null,
  proposalState: null,
  asked: "github",
  attention: [],
};

const none = { version: null, since: null, learnedUntil: null, learnedDaysAgo: null, metric: null };
const unseen = { newestRow: null, newestRowDaysAgo: null };
const noChampion = { triggers: [{ kind: "no-champion", fired: true } as const], waits: [] };

const statuses: readonly ModelStatus[] = [
  healthy,
  {
    ...healthy,
    model: "apps/shop/returns",
    metric: { ...healthy.metric!, name: "logLoss", judged: 0.2541, since: null },
    next: { triggers: [{ kind: "new-rows", fired: true, newRows: 612, minNewRows: 500 }], waits: [] },
    proposal: "https://github.example/acme/shop/pull/14",
    proposalState: "open",
    attention: [{ kind: "proposal", state: "open", since: day(8) }],
  },
  {
    ...healthy,
    ...none,
    ...unseen,
    model: "fraud",
    state: "none",
    next: noChampion,
    attention: [
      { kind: "blocked", runs: 3, since: day(15), findings: ["null-jump", "unit-change"], isFirst: true },
      { kind: "unmatched-files", manifest: "data-manifests/fraud.yaml", files: ["data/fraud/2026-06.csv"] },
    ],
  },
  {
    ...healthy,
    ...none,
    ...unseen,
    model: "weather",
    state: "none",
    next: noChampion,
    attention: [
      {
        kind: "learner-missing",
        learner: "tfjs",
        message: "There is no learner `tfjs`.",
        hint: "Install @refit/tfjs.",
      },
    ],
  },
  { ...healthy, ...none, ...unseen, model: "old", state: "retired", next: null },
];

const screen = (width: number) => {
  const { lines, hidden } = terminalTable(
    statusColumns,
    statuses.map((each) => statusCells(each, now)),
    width,
  );
  return [...lines, "", ...attentionLines(statuses, now), "", `hidden: ${hidden.join(", ")}`, ""].join("\n");
};

it.each([80, 120])("fits %d columns", async (width) => {
  const shown = screen(width);

  await expect(shown).toMatchFileSnapshot(`__snapshots__/status-${width}.txt`);
  for (const line of shown.split("\n\n")[0]!.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
});

it("calls nothing due beside what needs a person", () => {
  const cells = (status: ModelStatus) => statusCells(status, now);
  const due = { ...healthy, next: noChampion };

  expect(cells(due)[8]).toBe("now");
  for (const { attention } of statuses.filter((each) => each.attention.length > 0))
    expect(cells({ ...due, attention })[8]).toBe("waits");
});

it("says of rejected candidates since when and where the report is, and holds no retrain back", () => {
  const due = { ...healthy, next: noChampion };
  const rejected = (runs: number, since: number, isFirst = false) =>
    ({ kind: "rejected", runs, since: day(since), isFirst }) as const;
  const told = (attention: ModelStatus["attention"][number]) => {
    const cells = statusCells({ ...due, attention: [attention] }, now);
    return [cells[8], cells[9], attentionLines([{ ...due, attention: [attention] }], now)[0]];
  };

  expect(told(rejected(1, 17))).toEqual([
    "now",
    "rejected 3 d",
    "churn: the newest candidate, of 2026-06-17, was rejected, so nothing was proposed. What is live has not changed. Run `refit report churn --last` to see why.",
  ]);
  expect(told(rejected(1, 20))[1]).toBe("rejected");
  expect(told(rejected(2, 15, true)).slice(1)).toEqual([
    "rejected 2×",
    "churn: the last 2 candidates, since 2026-06-15, were rejected, so nothing was proposed. There is still no champion. Run `refit report churn --last` to see why.",
  ]);
  const page = dashboardText([{ status: { ...due, attention: [rejected(1, 17)] }, alert: null }], 60_000);
  expect(page).toContain("| due now | newest candidate rejected on 2026-06-17 |");
});

it("is what its schema says, and nothing besides", () => {
  for (const status of statuses) expect(statusOfModel.strict().safeParse(answerOf(status)).error).toBeUndefined();
});

it("tells all of one model", async () => {
  await expect(`${statusSentences(statuses[1]!, now).join("\n")}\n`).toMatchFileSnapshot(
    "__snapshots__/status-model.txt",
  );
  expect(statusSentences(healthy, now)).toContain("rocAuc 0.8123 on 412 newer rows, measured on 2026-06-18");
});

it("tells what all models share once", () => {
  const stale = { kind: "stale-clone" as const, since: day(1) };

  expect(
    attentionLines(
      statuses.map((each) => ({ ...each, attention: [stale] })),
      now,
    ),
  ).toEqual([
    "all models: nothing was fetched from the remote for 19 days, so this may be out of date. Run `git fetch`.",
  ]);
});
