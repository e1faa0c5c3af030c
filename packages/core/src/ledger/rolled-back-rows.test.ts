import { expect, it } from "vitest";
import type { RolledBack } from "../history/read-history.ts";
import { rolledBackRows } from "./rolled-back-rows.ts";

const replaced = (inputDigest: string | null): RolledBack => ({
  version: {
    number: 2,
    treeId: "second",
    sha: "commit",
    committedAt: 0,
    author: "Ada",
    subject: "churn v2",
    broken: null,
    parent: "first",
    inputDigest,
    newerFormat: null,
  },
  to: null,
  at: Date.UTC(2026, 0, 4),
});

it("rolledBackRows keeps the inputs and the parent of what was replaced, where they are known", () => {
  expect(rolledBackRows("churn", [replaced("inputs"), replaced(null)])).toEqual([
    {
      kind: "rolledBack",
      model: "churn",
      at: "2026-01-04T00:00:00.000Z",
      inputDigest: "inputs",
      parent: "first",
      holdout: null,
    },
  ]);
});
