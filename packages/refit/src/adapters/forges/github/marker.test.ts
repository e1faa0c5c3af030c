import { describe, expect, it } from "vitest";
import { isMarked, isNewer, readComment, reportComment, reportMarker, type Stamp, withNote } from "./marker.ts";

const stamp: Stamp = { run: { id: 12, attempt: 2 }, head: "a".repeat(40), inputs: "0123456789ab" };

describe("a report comment", () => {
  it.each<[why: string, stamp: Stamp]>([
    ["of a workflow run", stamp],
    ["of a laptop", { ...stamp, run: null }],
  ])("%s says what it was made from", (_why, expected) => {
    const body = reportComment("eu/churn", expected, "**churn**\n\n### Data\n");

    expect(isMarked(body, reportMarker("eu/churn"))).toBe(true);
    expect(readComment(body)).toEqual({ stamp: expected, report: "**churn**\n\n### Data" });
    expect(readComment(body.replaceAll("\n", "\r\n"))?.stamp).toEqual(expected);
  });

  it.each([
    ["nothing", ""],
    ["another model's", reportMarker("churn-eu")],
    ["quoted", `> ${reportMarker("churn")}`],
    ["not alone on its line", `${reportMarker("churn")} x`],
    ["in the second line", `\n${reportMarker("churn")}`],
  ])("is not told by a marker that is %s", (_why, body) => {
    expect(isMarked(body, reportMarker("churn"))).toBe(false);
  });

  it.each(["<!-- run=1.x head=zz inputs= -->", "<!-- run=1.2 head=ab inputs=cd --> more"])(
    "has no stamp in a line such as %s",
    (line) => {
      expect(readComment(`${reportMarker("churn")}\n${line}\nx`)).toBeNull();
    },
  );
});

describe("withNote", () => {
  const mine = { run: { id: 5, attempt: 1 }, head: "abc", inputs: "def" };
  const body = reportComment("churn", mine, "**churn** promote\n\nmore");

  it("puts one sentence above the report, in place of an earlier one, and keeps the rest", () => {
    const once = withNote(body, "remark", "Newer inputs wait.");

    expect(once.split("\n").slice(3, 6)).toEqual(["> Newer inputs wait.", "", "**churn** promote"]);
    expect(withNote(once, "remark", "Newer inputs wait.")).toBe(once);
    expect(withNote(withNote(body, "remark", "Something else."), "remark", "Newer inputs wait.")).toBe(once);
    expect(readComment(once)!.stamp).toEqual(mine);
    expect(isMarked(once, reportMarker("churn"))).toBe(true);
  });
});

describe("isNewer", () => {
  it.each<[a: Stamp["run"], b: Stamp["run"], newer: boolean]>([
    [{ id: 2, attempt: 1 }, { id: 1, attempt: 9 }, true],
    [{ id: 2, attempt: 2 }, { id: 2, attempt: 1 }, true],
    [{ id: 2, attempt: 1 }, { id: 2, attempt: 1 }, false],
    [{ id: 1, attempt: 1 }, { id: 2, attempt: 1 }, false],
    [null, { id: 2, attempt: 1 }, false],
    [{ id: 2, attempt: 1 }, null, false],
  ])("%j than %j: %s", (a, b, newer) => {
    expect(isNewer(a, b)).toBe(newer);
  });
});
