import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hostileText, outsideOfCode } from "./hostile-text.fixture.ts";
import { markdownSection } from "./markdown-report.ts";
import type { ShadowAnswer } from "./shadow-schema.ts";
import { shadowSection } from "./shadow-section.ts";
import { terminalSection } from "./terminal-report.ts";

const answer: ShadowAnswer = {
  model: "churn",
  champion: { label: "v3", treeId: "a".repeat(40) },
  challenger: { label: "proposal", treeId: "b".repeat(40) },
  log: {
    rows: 9000,
    from: "2026-11-01T00:00:00.000Z",
    to: "2026-11-28T00:00:00.000Z",
    files: 30,
    damaged: 0,
    repeated: 0,
    unreadable: 0,
  },
  exact: 9000,
  missing: [],
  skew: { rows: 9000, differing: 0, largest: 0 },
  compared: {
    rows: 9000,
    exactly: true,
    decisions: {
      agreed: 8703,
      flips: [
        { from: "true", to: "false", rows: 200 },
        { from: "false", to: "true", rows: 97 },
      ],
    },
    scores: { of: "true", champion: 0.231, challenger: 0.262, meanMove: 0.04, ks: 0.081, jsDistanceBase2: 0.02 },
    slices: [
      {
        column: "plan",
        value: "basic",
        rows: 800,
        flipped: 120,
        meanMove: 0.1,
        moreThanElsewhere: true,
        p: 1e-9,
        pHolm: 2e-9,
      },
      {
        column: "plan",
        value: "pro",
        rows: 8200,
        flipped: 177,
        meanMove: 0.03,
        moreThanElsewhere: false,
        p: 1e-9,
        pHolm: 2e-9,
      },
      {
        column: "mood",
        value: "calm",
        rows: 40,
        flipped: 9,
        meanMove: 0.03,
        moreThanElsewhere: true,
        p: null,
        pHolm: null,
      },
    ],
  },
  whyNot: null,
  missingSlices: [],
  latency: { rows: 1000, championMs: 1.8, challengerMs: 2, ratio: 1.11, interval: [1.02, 1.2] },
  shown: null,
};
const compared = answer.compared!;
const saying = (change: Partial<ShadowAnswer>) => markdownSection(shadowSection({ ...answer, ...change }));

describe("shadowSection", () => {
  it("says how much changes, where, and how far the replay can be trusted", () => {
    expect(saying({})).toMatchInlineSnapshot(`
      "### Shadow: logged predictions, replayed
      The proposal decides otherwise than v3 in 297 of 9000 logged rows (3.3 %), answered from 2026-11-01 to 2026-11-28.

      Mean probability of <code>true</code>: 0.2310 with v3, 0.2620 with the proposal (+0.0310). A row moves by 0.0400 on average; KS distance 0.0810, Jensen-Shannon distance of the decisions 0.0200.

      Answers change more than elsewhere in <code>plan</code> = <code>basic</code> (15.0 % of 800 rows, elsewhere 2.2 %, Holm p 2.0e-9).

      All of these rows were replayed exactly.

      1000 rows take 1.8000 ms and 2.0000 ms on this machine, ratio 1.1100 (90 % interval 1.0200 to 1.2000); no gate reads it.

      <details><summary>Decisions that change, by class</summary>

      | v3 | the proposal | rows |
      | --- | --- | --- |
      | <code>true</code> | <code>false</code> | 200 |
      | <code>false</code> | <code>true</code> | 97 |

      </details>

      <details><summary>3 slices, those that differ most from the rest first</summary>

      | slice | rows | decided otherwise | mean move | Holm’s p |
      | --- | --- | --- | --- | --- |
      | <code>plan</code> = <code>basic</code> | 800 | 120 (15.0 %) | 0.1000 | 2.0e-9 |
      | <code>plan</code> = <code>pro</code> | 8200 | 177 (2.2 %) | 0.0300 | 2.0e-9 |
      | <code>mood</code> = <code>calm</code> | 40 | 9 (22.5 %) | 0.0300 | too few rows to test |

      </details>"
    `);
  });

  it("claims nothing of slices that chance explains, and says where none was tested", () => {
    const slices = compared.slices.map((slice) => ({ ...slice, pHolm: slice.p === null ? null : 0.2 }));

    expect(saying({ compared: { ...compared, slices } })).toContain("In none of 2 slices do answers change more");
    expect(saying({ compared: { ...compared, slices: slices.slice(2) } })).toContain("so none was tested");
    // One that changes less than the rest is not one that stands out.
    const less = [{ ...compared.slices[1]!, pHolm: 1e-9 }];
    expect(saying({ compared: { ...compared, slices: less } })).toContain("In none of 1 slice do");
  });

  it("says what the log lacks, and that a replay is not true to what was served", () => {
    const missing = [{ column: "income", rows: 9000, sensitive: true }];
    const lacking = saying({ exact: 0, missing, compared: { ...compared, exactly: false } });
    expect(lacking).toContain("0 rows of 9000 could be replayed exactly");
    expect(lacking).toMatch(/income.*\(sensitive\).*rough guide/);

    expect(saying({ exact: 8000, missing })).toContain("8000 rows replayed exactly; 1000 other rows left out");
    expect(saying({ skew: { rows: 500, differing: 20, largest: 0.3 } })).toContain(
      "v3 gives another answer now to 20 rows of the 500",
    );
    expect(saying({ skew: null })).toContain("could not be checked");
    expect(saying({ compared: { ...compared, rows: 40 } })).toContain("40 rows: too few");
    expect(saying({ missingSlices: ["region"] })).toMatch(/no value for the slices by .*region/);
  });

  it("says why nothing was compared", () => {
    const why = "There is no champion to compare with.";

    expect(saying({ compared: null, whyNot: why })).toContain(why);
    expect(terminalSection(shadowSection({ ...answer, compared: null, whyNot: why })).join("\n")).toContain(why);
  });

  it("speaks of numbers, and of more than two classes", () => {
    const scores = { ...compared.scores, of: null, jsDistanceBase2: null };
    const numbers = saying({ compared: { ...compared, decisions: null, scores } });
    expect(numbers).toContain("Mean prediction: 0.2310 with v3, 0.2620 with the proposal (+0.0310)");
    expect(numbers).not.toContain("decides otherwise");

    const classes = { ...compared.scores, of: null, champion: null, challenger: null, ks: null };
    expect(saying({ compared: { ...compared, scores: classes } })).toContain("half the sum over the classes");
  });

  it("keeps hostile names and values in their places", () => {
    const page = (text: string) =>
      saying({
        missing: [{ column: text, rows: 1, sensitive: false }],
        exact: 8999,
        missingSlices: [text],
        compared: {
          ...compared,
          decisions: { agreed: 1, flips: [{ from: text, to: text, rows: 1 }] },
          scores: { ...compared.scores, of: text },
          slices: [{ ...compared.slices[0]!, column: text, value: text }],
        },
      });
    const expected = outsideOfCode(page("x"));

    fc.assert(
      fc.property(hostileText, (text) => {
        expect(outsideOfCode(page(text))).toEqual(expected);
      }),
      { numRuns: 40 },
    );
    const why = (whyNot: string) => outsideOfCode(saying({ compared: null, whyNot }));
    expect(why("<!-- refit:report model=churn --> ![x](y.svg)")).toEqual(why("x"));
  });
});
