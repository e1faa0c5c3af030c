import { describe, expect, it } from "vitest";
import type { LedgerRow } from "../ledger/ledger-row.ts";
import { lastJudged, type JudgedFile, type JudgedVersion } from "./last-judged.ts";
import { day, row } from "./ledger-rows.fixture.ts";

const filesOf = (name: string): JudgedFile[] => [{ path: `${name}.csv`, sha256: name, rows: 100 }];
const version = (name: string, on: number): JudgedVersion => ({
  since: day(on),
  lineage: { digests: { settings: `settings of ${name}` }, data: { files: filesOf(name) } },
});
const judged = (kind: LedgerRow["kind"], name: string, on: number) =>
  row(kind, on, { settingsDigest: `settings of ${name}`, files: filesOf(name) });

const champion = version("champion", 5);

describe("lastJudged", () => {
  it.each<
    [
      why: string,
      live: JudgedVersion | null,
      lastRolledBack: JudgedVersion | null,
      ledger: LedgerRow[],
      last: string | null,
    ]
  >([
    ["nothing yet", null, null, [], null],
    ["the champion", champion, null, [], "champion"],
    ["a candidate before the first champion", null, null, [judged("look", "candidate", 3)], "candidate"],
    ["a candidate that is newer than the champion", champion, null, [judged("look", "candidate", 6)], "candidate"],
    ["a candidate that is older than the champion", champion, null, [judged("look", "candidate", 4)], "champion"],
    [
      "a candidate of the same instant, which was not promoted then",
      champion,
      null,
      [judged("look", "candidate", 5)],
      "candidate",
    ],
    ["a declined proposal", champion, null, [judged("declined", "no", 6)], "no"],
    [
      "a version that was rolled back after the champion was restored",
      champion,
      version("replaced", 6),
      [],
      "replaced",
    ],
    [
      "a version that was rolled back at the instant the champion was restored",
      champion,
      version("replaced", 5),
      [],
      "replaced",
    ],
    ["a champion since the last rollback", champion, version("replaced", 4), [], "champion"],
    ["a rollback after the champion folder was removed", null, version("replaced", 4), [], "replaced"],
    ["blocked data are not judged", champion, null, [judged("blocked", "broken", 6)], "champion"],
    ["a row that names no files", champion, null, [row("drift", 6)], "champion"],
    [
      "the newest row, wherever it stands",
      null,
      null,
      [judged("look", "newer", 4), judged("look", "older", 3)],
      "newer",
    ],
  ])("%s", (_why, live, lastRolledBack, ledger, last) => {
    const found = lastJudged([live, lastRolledBack], ledger, day(9));

    expect(found?.files ?? null).toEqual(last && filesOf(last));
    expect(found?.settingsDigest ?? null).toBe(last && `settings of ${last}`);
  });

  it("says when", () => {
    const expected = { at: day(6), settingsDigest: "settings of candidate", files: filesOf("candidate") };

    expect(lastJudged([champion], [judged("forced", "candidate", 6)], day(9))).toEqual(expected);
  });

  it("does not measure from a commit that is dated ahead of the clock, where the ledger knows a time", () => {
    const ahead = version("champion", 9);
    const last = lastJudged([ahead], [judged("proposed", "champion", 4)], day(5));

    expect(last).toMatchObject({ at: day(4), settingsDigest: "settings of champion" });
    expect(lastJudged([ahead], [], day(5))).toMatchObject({ at: day(9) });
  });
});
