import { describe, expect, it } from "vitest";
import type { Reason } from "../decide/reason.ts";
import { reasonSentence } from "./sentences.ts";
import { terminalText } from "./terminal-text.ts";

describe("reasonSentence", () => {
  const long = JSON.stringify([{ learner: "gbdt", trees: 200, leaves: 15 }, { learner: "linear" }]);

  it.each<[reason: Reason, words: string]>([
    [
      { kind: "forced", words: "again", despite: { by: "rolledBack", at: Date.UTC(2026, 2, 1) } },
      'a person asked for it: "again", although the model with the same inputs was rolled back on 2026-03-01',
    ],
    [{ kind: "forced", words: "again" }, 'a person asked for it: "again"'],
    [{ kind: "settings" }, "the settings of the training changed"],
    [
      { kind: "settings", changed: [] },
      "the settings of the training changed: a learner has a new version of its algorithm",
    ],
    [
      {
        kind: "settings",
        changed: [
          { setting: "candidates", from: "[]", to: long },
          { setting: "seed", from: "7", to: "8" },
        ],
      },
      'the settings of the training changed: "candidates", "seed" "7" → "8"',
    ],
    [
      {
        kind: "settings",
        changed: [
          { setting: "metrics.own.loss.row", from: null, to: "1" },
          { setting: "metrics.own.gain.row", from: "1", to: null },
          { setting: "metrics.own.profit.row", from: "1", to: "2" },
        ],
      },
      'the settings of the training changed: the metric "loss" is new, the metric "gain" is gone, the metric "profit" is changed',
    ],
  ])("%j", (reason, words) => {
    expect(terminalText(reasonSentence(reason))).toBe(words);
  });
});
