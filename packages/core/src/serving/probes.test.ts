import { describe, expect, it } from "vitest";
import { profileNumbers, profileTexts } from "../data/profile-values.ts";
import type { FeatureSpec } from "../features/feature-spec.ts";
import { drawProbes, type ProbesRequest } from "./draw-probes.ts";
import { checkProbes, readProbes } from "./probes.ts";
import { rowTyper } from "./typed-rows.ts";

const inputs: FeatureSpec["inputs"] = [
  { name: "plan", type: "string" },
  { name: "speed", type: "number" },
  { name: "seats", type: "integer" },
  { name: "night", type: "boolean" },
  { name: "day", type: "date" },
  { name: "seen", type: "datetime" },
  { name: "made", type: "number" },
  { name: "secret", type: "string" },
  { name: "photo", type: "file" },
  { name: "__proto__", type: "number" },
];
const levels = (name: string, list: string[]) => ({ kind: "categorical" as const, name, input: name, levels: list });
const features = {
  inputs,
  features: [levels("plan", ["basic", "pro"]), levels("secret", ["Ada"]), levels("seats", ["2", "4"])],
};
const realSpeeds = Array.from({ length: 200 }, (_, i) => 17.123456 * i);
const days = Array.from({ length: 200 }, (_, i) => Date.UTC(2020, 0, 1 + i));
const profile = {
  columns: [
    profileNumbers("speed", realSpeeds),
    profileNumbers("seats", [1, 2, 3, 4]),
    profileNumbers("day", days),
    profileNumbers("seen", days),
    profileTexts("plan", ["basic", "a real text"]),
  ],
};
const request: ProbesRequest = { features, profile, sensitive: ["secret"], seed: 7, width: 1 };
const bytesOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const valuesOf = (rows: readonly object[], name: string) =>
  rows.map((row) => Object.getOwnPropertyDescriptor(row, name)!.value as unknown);

describe("drawProbes", () => {
  const rows = drawProbes(request);

  it("makes 16 rows that a caller could send, the first without a value", async () => {
    expect(rows).toHaveLength(16);
    expect(Object.values(rows[0]!).every((value) => value === null)).toBe(true);
    const sent = inputs.filter(({ type }) => type !== "file");
    expect(await rowTyper(sent)(JSON.parse(JSON.stringify(rows)) as typeof rows)).toMatchObject({
      rows: 16,
      ignored: { count: 0 },
    });
    expect(rows.every((row) => !Object.hasOwn(row, "photo"))).toBe(true);
  });

  it("takes texts from levels, and numbers near the quantiles and not from a row", () => {
    const plans = new Set(valuesOf(rows, "plan"));
    expect([...plans].filter((plan) => plan !== null && plan !== "basic" && plan !== "pro")).toEqual([
      "\u{fffd} no such text",
    ]);
    const speeds = valuesOf(rows, "speed").filter((speed) => speed !== null) as number[];
    expect(speeds.length).toBeGreaterThan(8);
    expect(speeds.every((speed) => speed > 0 && speed < 3500 && !realSpeeds.includes(speed))).toBe(true);
    expect(valuesOf(rows, "day").every((day) => day === null || /^\d{4}-\d\d-\d\d$/.test(day as string))).toBe(true);
  });

  it("tells nothing of a sensitive column", () => {
    expect(new Set(valuesOf(rows, "secret"))).toEqual(new Set([null]));
  });

  it("makes the same rows of the same arguments, and others of another seed", () => {
    expect(drawProbes(request)).toEqual(rows);
    expect(drawProbes({ ...request, seed: 8 })).not.toEqual(rows);
  });

  it("makes fewer rows where an answer has many numbers", () => {
    expect(drawProbes({ ...request, width: 1000 })).toHaveLength(4);
    expect(drawProbes({ ...request, width: 1_000_000 })).toHaveLength(1);
  });
});

describe("probes", () => {
  const probes = readProbes(
    bytesOf({
      format: 1,
      rows: [{}, {}],
      answers: [
        [0.25, 0.75],
        [0, 1],
      ],
    }),
  );

  it("hold where each number is the same", () => {
    expect(() => checkProbes(probes, Float64Array.of(0.25, 0.75, 0, 1), 0)).not.toThrow();
    expect(() => checkProbes(probes, Float64Array.of(0.2500001, 0.75, 0, 1), 1e-6)).not.toThrow();
  });

  it.each<[what: string, found: number[], message: string]>([
    ["another number", [0.25, 0.75, 0, 1 - 2e-16], "1 to row 1, not 0.9999999999999998"],
    ["no number", [NaN, 0.75, 0, 1], "0.25 to row 0, not NaN"],
    ["too few", [0.25, 0.75], "2 numbers in the answers"],
  ])("do not hold with %s", (_what, found, message) => {
    expect(() => checkProbes(probes, Float64Array.from(found), 0)).toThrow(
      expect.objectContaining({ code: "artifact-invalid", message: expect.stringContaining(message) }),
    );
  });

  it.each([
    [null, "artifact-invalid"],
    [{ format: 1, rows: [{}], answers: [] }, "artifact-invalid"],
    [{ format: 1, rows: [{}], answers: [1] }, "artifact-invalid"],
    [{ format: 1, rows: {}, answers: {} }, "artifact-invalid"],
    [{ format: 2 }, "format-newer"],
  ])("are refused when they are %j", (value, code) => {
    expect(() => readProbes(bytesOf(value))).toThrow(expect.objectContaining({ code }));
  });
});
