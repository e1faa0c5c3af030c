import { describe, expect, it } from "vitest";
import type { DueTrigger, DueWait } from "../decide/due-next.ts";
import { dueSentences } from "./due-sentences.ts";

const at = Date.UTC(2026, 5, 8);
const performance: DueTrigger = { kind: "performance", fired: null, metric: "rocAuc", performanceMargin: 0.02 };
const drift: DueTrigger = { kind: "drift", fired: null, seen: 1 };
const rows: DueTrigger = { kind: "new-rows", fired: false, newRows: 120, minNewRows: 200 };

describe("dueSentences", () => {
  it.each<[readonly DueTrigger[], readonly string[]]>([
    [[{ kind: "no-champion", fired: true }], ["next retrain: now, because there is no champion yet"]],
    [
      [{ kind: "settings", fired: true }],
      ["next retrain: now, because the settings of the training or a learner changed"],
    ],
    [[rows], ["next retrain: at 200 new rows (120 so far)"]],
    [[{ ...rows, fired: true, newRows: 250 }], ["next retrain: now, because 250 new rows arrived (minNewRows: 200)"]],
    [
      [{ ...rows, fired: null, newRows: null }],
      ["next retrain: at 200 new rows (new data came; the next run counts them)"],
    ],
    [[{ kind: "age", fired: false, at }], ["next retrain: on 2026-06-08 by age"]],
    [[{ kind: "age", fired: true, at }], ["next retrain: now, because the maximum age was reached on 2026-06-08"]],
    [
      [{ kind: "settings", fired: true }, rows, { kind: "age", fired: true, at }, performance],
      [
        "next retrain: now, because the settings of the training or a learner changed, and the maximum age was reached on 2026-06-08",
      ],
    ],
    [[performance], ["next retrain: when a run finds that rocAuc on newer rows is worse by more than 0.02"]],
    [
      [rows, { kind: "age", fired: false, at }, performance, drift],
      [
        "next retrain: at 200 new rows (120 so far), or on 2026-06-08 by age",
        "or when a run finds that rocAuc on newer rows is worse by more than 0.02, or that the data have drifted in two of the last three snapshots (1 so far)",
      ],
    ],
    [[], ["next retrain: when the settings change, or with --force"]],
  ])("says what starts a retrain: %o", (triggers, sentences) => {
    expect(dueSentences({ triggers, waits: [] })).toEqual(sentences);
  });

  const needed =
    "a newer model is judged on at least 150 rows (holdout.minRows) that arrived since the champion was trained";
  const classes = "; at least 10 of them in the second most frequent class, which only a run can count";

  it("calls nothing due now that waits", () => {
    const fired: DueTrigger = { ...rows, fired: true, newRows: 250 };

    expect(dueSentences({ triggers: [fired], waits: [{ kind: "unchanged" }] })[0]).toBe(
      "next retrain: due, because 250 new rows arrived (minNewRows: 200)",
    );
  });

  it.each<[DueWait, string]>([
    [{ kind: "unchanged" }, "nothing has changed since the champion was trained"],
    [{ kind: "few-rows", rows: 90, minRows: 150, perClass: null }, `${needed} (90 so far)`],
    [{ kind: "few-rows", rows: 250, minRows: 150, perClass: 10 }, `${needed} (250 so far)${classes}`],
    [{ kind: "few-rows", rows: null, minRows: 150, perClass: 10 }, `${needed}${classes}`],
    [{ kind: "cooldown", until: at }, 'cool-down until 2026-06-08 00:00 UTC (or use --force "reason")'],
  ])("says what it waits for: %o", (wait, sentence) => {
    expect(dueSentences({ triggers: [rows], waits: [wait] })[1]).toBe(`waiting: ${sentence}`);
  });
});
