import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SiteEvent } from "../site-history.ts";
import { historyChart, type HistoryPoint } from "./history-chart.ts";
import { stripChart } from "./strip-chart.ts";
import { unclosed } from "./unclosed.fixture.ts";

const kinds = [
  "promoted",
  "proposed",
  "inconclusive",
  "declined",
  "rejected",
  "blocked",
  "rollback",
  "broken",
  "retired",
];

function event(kind: string, day: number, version: number | null, live: number | null): SiteEvent {
  const at = new Date(Date.UTC(2026, 4, day)).toISOString();
  return { at, kind: kind as SiteEvent["kind"], version, live, commit: null, words: null };
}

const points: HistoryPoint[] = [
  { event: event("promoted", 1, 1, 1), pair: { champion: null, challenger: 0.71, interval: null } },
  { event: event("blocked", 4, null, 1), pair: null },
  { event: event("promoted", 8, 2, 2), pair: { champion: 0.69, challenger: 0.74, interval: [0.71, 0.77] } },
  { event: event("declined", 11, null, 2), pair: null },
  { event: event("rollback", 12, 1, 1), pair: null },
];
const gates = [{ label: "gate today: at least 0.68", value: 0.68 }];
const strip = [
  { column: "hours", cells: [null, { psi: 0.31, drifted: true }, { psi: 0.02, drifted: false }] },
  { column: "plan", cells: [null, { psi: 0.12, drifted: false }, { psi: 0, drifted: false }] },
];

describe("historyChart", () => {
  it("stays as it was looked at and found good", async () => {
    await expect(historyChart("churn: rocAuc", points, gates).svg).toMatchFileSnapshot(
      "__snapshots__/history-chart.svg",
    );
    await expect(stripChart("churn: drift", ["v1", "v2", "v3"], strip).svg).toMatchFileSnapshot(
      "__snapshots__/strip-chart.svg",
    );
  });

  it("joins no two numbers of different rows: every line stands upright", () => {
    const joins = [
      ...historyChart("t", points, gates).svg.matchAll(/<line x1="([\d.]+)" x2="([\d.]+)"[^>]*stroke="#/g),
    ];

    expect(joins).toHaveLength(2);
    for (const [, from, to] of joins) expect(from).toBe(to);
  });

  it("says all that it shows to screen readers", () => {
    const { svg } = historyChart("t", points, gates);

    expect(svg).toContain("2026-05-08 promoted of v2: 0.6900 before, 0.7400 after, on the same rows.");
    expect(svg).toContain("2026-05-12 rollback of v1. Gate: gate today: at least 0.68.");
    expect(stripChart("t", ["v1", "v2", "v3"], strip).svg).toContain(
      "hours: drift in v2. plan: no drift in 3 versions.",
    );
  });

  it("is well-formed whatever the names and values are", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constant("</text><script>alert(1)</script>]]>&\u0000"),
    );
    const value = fc.option(fc.double(), { nil: null });
    const pair = fc.record({
      champion: value,
      challenger: value,
      interval: fc.option(fc.tuple(fc.double(), fc.double()), { nil: null }),
    });
    const point = fc.record({
      event: fc
        .tuple(fc.constantFrom(...kinds), fc.nat(9), fc.option(fc.nat(9), { nil: null }))
        .map(([kind, day, live]) => event(kind, day, day, live)),
      pair: fc.option(pair, { nil: null }),
    });
    const gate = fc.record({ label: text, value: fc.double() });
    const cell = fc.option(fc.record({ psi: fc.double({ min: 0, max: 1e300, noNaN: true }), drifted: fc.boolean() }), {
      nil: null,
    });
    const row = fc.record({ column: text, cells: fc.array(cell, { minLength: 2, maxLength: 2 }) });
    fc.assert(
      fc.property(
        text,
        fc.array(point, { maxLength: 5 }),
        fc.array(gate, { maxLength: 2 }),
        fc.array(row, { maxLength: 3 }),
        (title, some, limits, rows) => {
          for (const { svg } of [historyChart(title, some, limits), stripChart(title, ["v1", "v2"], rows)]) {
            expect(svg).not.toMatch(/="[^"]*(?:NaN|Infinity|undefined)[^"]*"/);
            expect(unclosed(svg)).toEqual([]);
          }
        },
      ),
    );
  });
});
