import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisTicks } from "./axis-ticks.ts";
import { lineChart } from "./line-chart.ts";
import { unclosed } from "./unclosed.fixture.ts";

const chart = {
  title: "ROC AUC by year",
  xLabels: ["1994", "1995", "1996", "1997"],
  series: [
    { name: "champion", values: [0.71, 0.73, 0.76, 0.77] },
    { name: "stale", values: [0.71, null, 0.69, 0.7605] },
  ],
};

describe("lineChart", () => {
  it("stays as it was looked at and found good", async () => {
    await expect(lineChart(chart).svg).toMatchFileSnapshot("__snapshots__/line-chart.svg");
  });

  it("leaves a gap for a missing value and none at the ends", () => {
    const [first, second] = [...lineChart(chart).svg.matchAll(/<path d="([^"]*)"/g)].map(([, path]) => path!);

    expect(first!.replace(/[^ML]/g, "")).toBe("MLLL");
    expect(second!.replace(/[^ML]/g, "")).toBe("MML");
  });

  it("says the values to screen readers", () => {
    expect(lineChart(chart).svg).toContain("stale: 1994 0.7100, 1996 0.6900, 1997 0.7605.");
  });

  it("shows long names whole, in as many rows as they need, and moves the rest down", () => {
    const names = [
      "maxAgeDays 14, training 100 days, holdout 7 days",
      "model.yaml",
      "every 14 days",
      "no change",
      "never",
    ];
    const series = names.map((name) => ({ name, values: [1, 2, 3, 4] }));
    const { svg } = lineChart({ ...chart, series });

    const found = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)">([^<]+)<\/text>/g)].map(([, x, y, text]) => ({
      end: Number(x) + 7 * text!.length,
      y: Number(y),
      text: text!,
    }));
    expect(found.map(({ text }) => text)).toEqual(names);
    expect(new Set(found.map(({ y }) => y)).size).toBe(2);
    expect(Math.max(...found.map(({ end }) => end))).toBeLessThan(760);
    expect(svg).toContain('height="442"');
    expect(svg).toContain("translate(0 18)");
    expect(unclosed(svg)).toEqual([]);
  });

  it("keeps labels of close ends apart", () => {
    const series = [0.7, 0.7001, 0.7002].map((end, i) => ({ name: `s${i}`, values: [0, end] }));

    const ends = [
      ...lineChart({ title: "t", xLabels: ["a", "b"], series }).svg.matchAll(/class="strong" x="696" y="([\d.]+)"/g),
    ];

    const ys = ends.map(([, y]) => Number(y));
    expect(ys).toHaveLength(3);
    ys.slice(1).forEach((y, i) => expect(y - ys[i]!).toBeCloseTo(15));
  });

  it.each<[why: string, values: (number | null)[]]>([
    ["no points", []],
    ["only gaps", [null, Number.NaN, Infinity]],
  ])("says when there is nothing to draw: %s", (_why, values) => {
    expect(lineChart({ title: "t", xLabels: ["a", "b", "c"], series: [{ name: "s", values }] }).svg).toContain(
      "No values.",
    );
  });

  it("is well-formed whatever the names and values are", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 30 }),
      fc.constant("</text><script>alert(1)</script>]]>&\u0000"),
    );
    const value = fc.option(fc.double(), { nil: null });
    const series = fc.array(fc.record({ name: text, values: fc.array(value, { minLength: 3, maxLength: 3 }) }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 3, maxLength: 3 }), series, (title, xLabels, some) => {
        const svg = lineChart({ title, xLabels, series: some }).svg;

        expect(svg).not.toMatch(/="[^"]*(?:NaN|Infinity|undefined)[^"]*"/);
        expect(unclosed(svg)).toEqual([]);
      }),
    );
  });
});

describe("axisTicks", () => {
  it.each<[values: number[], ticks: string[]]>([
    [
      [0.69, 0.81],
      ["0.65", "0.70", "0.75", "0.80", "0.85"],
    ],
    [
      [0, 100],
      ["0", "20", "40", "60", "80", "100"],
    ],
    [
      [3, 3],
      ["3", "4"],
    ],
    [[0], ["0.0", "0.2"]],
    [
      [-2, 1.5],
      ["-2", "-1", "0", "1", "2"],
    ],
    [
      [5e-324, 1e-323],
      ["0.0", "0.2"],
    ],
    [
      [0.7, 0.7 + 1e-16],
      ["0.6", "0.8"],
    ],
  ])("%j", (values, ticks) => {
    const made = axisTicks(values, 5);

    expect(made.values.map((tick) => tick.toFixed(made.digits))).toEqual(ticks);
  });

  it("encloses every value with three to eight ticks, or two around one value", () => {
    const number = fc.oneof(...[1e300, 1, 1e-300].map((max) => fc.double({ min: -max, max, noNaN: true })));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (values) => {
        const { values: ticks } = axisTicks(values, 5);

        const slack = (ticks.at(-1)! - ticks[0]!) * 1e-9;
        expect(ticks[0]).toBeLessThanOrEqual(Math.min(...values) + slack);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(...values) - slack);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
