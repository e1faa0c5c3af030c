import type { ArtifactFiles, CandidateSettings, FitRequest } from "@refit/core/runtime";
import { gbdt, linear } from "@refit/tabular";
import { describe, expect, it } from "vitest";
import { madeUpRows } from "../../../../../tools/testkit/src/conformance/made-up-rows.ts";
import { calibrated } from "./calibrated.ts";

const settings = { learner: "linear", l2: 1, maxIterations: 100 };
const requestOf = (
  calibration: unknown,
  { task = "binary", rows = 400 }: { task?: "binary" | "multiclass"; rows?: number } = {},
): FitRequest<CandidateSettings> => ({
  task,
  classes: task === "binary" ? 2 : 3,
  settings: { ...settings, ...(calibration !== undefined && { calibration }) } as unknown as CandidateSettings,
  seed: 7,
  train: madeUpRows(task, 400, 1),
  validation: madeUpRows(task, rows, 2),
});
const ours = calibrated(linear);
const names = (files: ArtifactFiles) => [...files.keys()];

describe("a calibrated learner", () => {
  it("writes and answers what the learner does, where nothing asks for calibration", async () => {
    const request = requestOf(undefined);
    const files = await ours.fit(request);

    expect(files).toEqual(await linear.fit(request as never));
    const { features } = madeUpRows("binary", 50, 3);
    expect(await (await ours.load(files)).predict(features)).toEqual((await linear.load(files)).predict(features));
  });

  it.each(["binary", "multiclass"] as const)(
    "keeps its maps in the artifact, and answers through them: %s",
    async (task) => {
      const files = await ours.fit(requestOf("platt", { task }));

      expect(names(files)).toEqual(["model.json", "calibration.json"]);
      const { features } = madeUpRows(task, 50, 3);
      const [own, raw] = [
        await ours.load(files),
        await linear.load(new Map([["model.json", files.get("model.json")!]])),
      ];
      expect(await own.predict(features)).toHaveLength(raw.predict(features).length);
      expect(await own.predict(features)).not.toEqual(raw.predict(features));
    },
  );

  it("keeps the maps when it is trained again on rows that it was calibrated on, and not others", async () => {
    const first = await ours.fit(requestOf("isotonic"));
    const settled = ours.settle(requestOf("isotonic").settings, first);
    const again = await ours.fit({ ...requestOf("isotonic", { rows: 30 }), settings: settled });

    expect(again.get("calibration.json")).toEqual(first.get("calibration.json"));
    expect((await ours.fit(requestOf("isotonic", { rows: 30 }))).get("calibration.json")).not.toEqual(
      first.get("calibration.json"),
    );
  });

  it("reads the columns that its learner reads", async () => {
    const told = calibrated({
      ...linear,
      load: async (files) => ({ ...(await linear.load(files)), reads: new Set("ab") }),
    });

    expect((await told.load(await told.fit(requestOf("platt")))).reads).toEqual(new Set("ab"));
  });

  it("settles what its learner does", async () => {
    const trees = calibrated(gbdt);
    const many = { learner: "gbdt", trees: 300, learningRate: 0.3, leaves: 8, earlyStoppingRounds: 5 };
    const { fillSettings } = await import("@refit/core/runtime");
    const request = {
      ...requestOf(undefined),
      settings: { ...fillSettings(gbdt, many), calibration: "platt" } as CandidateSettings,
    };

    const settled = trees.settle(request.settings, await trees.fit(request)) as typeof many;
    expect(settled.trees).toBeLessThan(300);
  });

  it("says what is wrong with a calibration that somebody brings", async () => {
    const taking = calibrated({ ...linear, problemOf: () => null });
    const files = await taking.fit(requestOf("platt"));

    expect(taking.problemOf!(requestOf("platt"), files)).toBe(null);
    expect(taking.problemOf!(requestOf("isotonic"), files)).toContain("calibration.json is not of the method");
    expect(taking.problemOf!(requestOf(undefined), files)).toContain("calibration.json is not of the method");
    expect(taking.problemOf!(requestOf("platt", { task: "multiclass" }), files)).toContain("a wrong number of maps");
  });

  it("refuses maps that turn the order", async () => {
    const files = await ours.fit(requestOf("platt"));
    const text = '{"format":1,"maps":[{"intercept":0,"kind":"platt","slope":-1}],"method":"platt"}';

    await expect(
      ours.load(new Map([...files, ["calibration.json", new TextEncoder().encode(text)]])),
    ).rejects.toMatchObject({
      code: "artifact-invalid",
    });
  });
});
