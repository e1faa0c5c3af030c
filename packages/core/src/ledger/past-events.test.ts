import { describe, expect, it } from "vitest";
import { readHistory } from "../history/read-history.ts";
import { fateOf } from "./fate-of.ts";
import { rowOf } from "./ledger-row.fixture.ts";
import type { LedgerKind, LedgerRow, RowOf } from "./ledger-row.ts";
import { pastEvents, type PastEvent } from "./past-events.ts";

const day = (number: number) => Date.UTC(2026, 2, number);

/** `a b -`: one commit on every tenth day; the inputs of tree `a` are `a`, compared with the version before it. */
function historyOf(trees: string) {
  const names = trees.split(" ").filter((name) => name !== "");
  const commits = names.map((name, i) => ({
    sha: `c${i}`,
    committedAt: day(10 * (i + 1)),
    author: "Ada",
    subject: "x",
    treeId: name === "-" ? null : name,
  }));
  const facts = (tree: string) => ({
    broken: /[A-Z]/.test(tree) ? "It lacks a file." : null,
    parent: names.slice(0, names.indexOf(tree)).findLast((name) => name !== "-") ?? null,
    inputDigest: tree,
    newerFormat: null,
  });
  return readHistory(commits, facts);
}

function row<Kind extends LedgerKind>(kind: Kind, on: number, inputDigest: string, change: Partial<RowOf<Kind>> = {}) {
  const head = { at: new Date(day(on)).toISOString(), inputDigest };
  return rowOf<Kind>(kind, { ...head, ...change });
}

const look = (on: number, inputDigest: string, verdict: string, change: Partial<RowOf<"look">> = {}) =>
  row("look", on, inputDigest, { verdict, ...change });

const told = ({ kind, version, against }: PastEvent) =>
  [kind, version === null ? "" : `v${version}`, against === null ? "" : `against v${against}`]
    .filter(Boolean)
    .join(" ");

describe("pastEvents", () => {
  it.each<[why: string, trees: string, rows: LedgerRow[], events: string[]]>([
    ["nothing has happened", "", [], []],
    ["a proposal waits", "", [look(1, "a", "promote"), row("proposed", 1, "a")], ["proposed"]],
    ["a merge ends its run", "a", [look(1, "a", "promote"), row("proposed", 1, "a")], ["promoted v1"]],
    ["a draft may be merged, too", "a", [look(1, "a", "inconclusive"), row("proposed", 1, "a")], ["promoted v1"]],
    ["a draft waits", "", [look(1, "a", "inconclusive")], ["inconclusive"]],
    [
      "newest first, each with the champion of then",
      "a",
      [
        look(1, "a", "promote"),
        look(11, "b", "hold", { parent: "a" }),
        row("rejected", 11, "b", { parent: "a" }),
        look(12, "c", "block", { parent: "a" }),
        row("blocked", 12, "c", { parent: "a", files: [] }),
        row("blocked", 13, "d", { parent: "a" }),
        row("unblocked", 14, "e", { parent: "a" }),
        row("drift", 15, "f", { parent: "a" }),
      ],
      [
        "drift against v1",
        "unblocked against v1",
        "blocked against v1",
        "blocked against v1",
        "rejected against v1",
        "promoted v1",
      ],
    ],
    [
      "a decline ends its run, and what was declined without a run is told",
      "",
      [look(1, "a", "promote"), row("declined", 2, "a"), row("declined", 3, "z")],
      ["declined", "declined"],
    ],
    [
      "the same inputs are judged again with other gates",
      "a",
      [look(1, "a", "hold"), look(2, "a", "promote", { policyDigest: "q" })],
      ["promoted v1", "rejected"],
    ],
    [
      "commits tell what no run did",
      "a b a B -",
      [row("rolledBack", 30, "b", { parent: "a" })],
      ["retired against v1", "broken v3 against v1", "rollback v1 against v2", "promoted v2 against v1", "promoted v1"],
    ],
  ])("%s", (_why, trees, rows, events) => {
    expect(pastEvents(historyOf(trees), rows).map(told)).toEqual(events);
  });

  it("says when, why, and in whose words", () => {
    const reasons = [{ kind: "age" as const, ageDays: 40, maxAgeDays: 30 }];
    const [second, first] = pastEvents(historyOf("a"), [
      look(1, "a", "promote"),
      row("proposed", 1, "a", { reasons }),
      row("forced", 1, "a", { reason: "the release is on Friday" }),
      look(12, "b", "promote", { parent: "a", driftLevel: 0.4 }),
      row("declined", 13, "b", { parent: "a", reason: "labels look odd" }),
    ]);

    expect(first).toMatchObject({
      at: day(1),
      settledAt: day(10),
      commit: "c0",
      reasons,
      words: "the release is on Friday",
      judged: true,
    });
    expect(second).toMatchObject({ at: day(12), settledAt: day(13), words: "labels look odd", driftLevel: 0.4 });
  });

  it("counts how often the same inputs were judged, since each time has a report of its own", () => {
    const rows = [look(1, "a", "hold"), look(2, "b", "hold"), look(3, "a", "promote", { policyDigest: "q" })];

    expect(pastEvents(historyOf(""), rows).map(({ attempt }) => attempt)).toEqual([2, 1, 1]);
  });
});

describe("fateOf", () => {
  const shown = (on: number, inputs: string, change: object = {}) => [
    look(on, inputs, "promote", change),
    row("proposed", on, inputs, change),
  ];

  it.each<[why: string, trees: string, rows: LedgerRow[], fate: object]>([
    ["a proposal that waits", "", shown(1, "a"), { kind: "unsettled" }],
    ["the live version", "a", shown(1, "a"), { kind: "live", version: 1, since: day(10) }],
    ["one that a newer one replaced", "a b", shown(1, "a"), { kind: "replaced", version: 1, by: 2, at: day(20) }],
    ["one that came back", "a b a", shown(1, "a"), { kind: "live", version: 1, since: day(30) }],
    [
      "one that was rolled back",
      "b a b",
      shown(11, "a", { parent: "b" }),
      { kind: "rolled-back", version: 2, to: 1, at: day(30) },
    ],
    ["one whose folder was removed", "a -", shown(1, "a"), { kind: "rolled-back", version: 1, to: null, at: day(20) }],
    ["one that damaged content followed", "a B", shown(1, "a"), { kind: "live", version: 1 }],
    ["one that a person declined", "", [...shown(1, "a"), row("declined", 2, "a")], { kind: "declined", at: day(2) }],
    [
      "one that nobody merged before the next",
      "",
      [...shown(1, "a"), ...shown(2, "b"), ...shown(3, "c")],
      { kind: "superseded", at: day(2) },
    ],
    [
      "one beside which a newer one was rejected",
      "",
      [...shown(1, "a"), look(2, "b", "hold"), row("rejected", 2, "b")],
      { kind: "unsettled" },
    ],
    ["one that a gate rejected", "", [look(1, "a", "hold"), row("rejected", 1, "a")], { kind: "unsettled" }],
  ])("tells of %s", (_why, trees, rows, fate) => {
    const history = historyOf(trees);
    const events = pastEvents(history, rows);
    const event = events.find(({ inputDigest, judged }) => judged && inputDigest === "a")!;

    expect(fateOf(event, events, history)).toMatchObject(fate);
  });
});
