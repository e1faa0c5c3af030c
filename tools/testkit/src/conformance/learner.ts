import { describe, expect, it } from "vitest";
import type {
  ArtifactFiles,
  FitRequest,
  LabelledRows,
  Learner,
} from "../../../../packages/core/src/learners/learner.ts";
import { madeUpRows, picked, type Task } from "./made-up-rows.ts";

export interface LearnerCases<Settings> {
  /** Settings that are quick to fit and good enough to beat the constant model on 600 rows. */
  readonly settings: Settings;
  /** Further settings with which it says that it ignores the validation rows; left out: it may never say so. */
  readonly ignoring?: Partial<Settings>;
  /** Whether the check of `model.yaml` takes an entry of `candidates`. */
  accepts(candidate: Readonly<Record<string, unknown>>): boolean;
}

const tasks: readonly Task[] = ["binary", "multiclass", "regression"];
const classes = { binary: 2, multiclass: 3, regression: 0 };

/** The cases that every learner must pass. A learner's own tests hold what is special about it. */
export function learnerConformance<Settings>(learner: Learner<Settings>, given: LearnerCases<Settings>): void {
  const requestOf = (task: Task, change: Partial<FitRequest<Settings>> = {}): FitRequest<Settings> => ({
    task,
    classes: classes[task],
    settings: given.settings,
    seed: 7,
    train: madeUpRows(task, 600, 1),
    validation: madeUpRows(task, 200, 2),
    ...change,
  });
  const fit = (task: Task, change?: Partial<FitRequest<Settings>>) => learner.fit(requestOf(task, change));

  describe(`the settings of ${learner.name}`, () => {
    it("are each described by a sentence, and their defaults are taken", () => {
      const entries = Object.entries(learner.settings);
      const required = entries.filter(
        ([, { default: value, optional, when }]) => value === undefined && optional !== true && when === undefined,
      );

      expect(entries.filter(([, { description }]) => !/^[A-Z].*\.$/.test(description))).toEqual([]);
      expect(given.accepts({ learner: learner.name })).toBe(required.length === 0);
    });

    it("out of their range are refused, and unknown ones", () => {
      const wrong = Object.entries(learner.settings).flatMap(([key, setting]) => {
        if (setting.type === "choice") return [[key, "none of the choices"]];
        if (setting.type === "list" || setting.type === "groups") return [[key, "not a list"]];
        if (setting.type === "boolean") return [[key, "neither"]];
        if (setting.type === "record") return [[key, "not a map"]];
        if (setting.type === "text") return [[key, ""]];
        const { minimum, exclusiveMinimum, maximum } = setting;
        return [
          [key, "not a number"],
          ...(minimum === undefined ? [] : [[key, minimum - 1]]),
          ...(exclusiveMinimum === undefined ? [] : [[key, exclusiveMinimum]]),
          ...(maximum === undefined ? [] : [[key, maximum + 1]]),
        ];
      });

      for (const [key, value] of [...wrong, ["noSuchSetting", 1]]) {
        expect([key, value, given.accepts({ learner: learner.name, [String(key)]: value })]).toEqual([
          key,
          value,
          false,
        ]);
      }
    });
  });

  describe.each(tasks)(`${learner.name}, %s`, (task) => {
    it("repeats its bytes", async () => {
      expect(await fit(task)).toEqual(await fit(task));
    });

    it("gives the same bytes with other validation rows where it says that it ignores them", async () => {
      const ignoring = { ...given.settings, ...given.ignoring } as Settings;
      expect(learner.ignoresValidation?.(ignoring) ?? false).toBe(given.ignoring !== undefined);
      for (const settings of [given.settings, ignoring]) {
        if (learner.ignoresValidation?.(settings) !== true) continue;
        const few = madeUpRows(task, 20, 8);

        expect(await fit(task, { settings, validation: few })).toEqual(await fit(task, { settings }));
      }
    });

    it("beats the constant model on rows that it has not seen", async () => {
      const unseen = madeUpRows(task, 600, 3);
      const predicted = await (await learner.load(await fit(task))).predict(unseen.features);

      expect(lossOf(task, predicted, unseen)).toBeLessThan(0.9 * constantLoss(task, unseen));
    });

    it("gives answers of the right shape for any rows: with gaps, unseen categories, huge values, and none", async () => {
      const model = await learner.load(await fit(task));
      const rows = madeUpRows(task, 50, 4, { hostile: true });

      const predicted = await model.predict(rows.features);

      expect(predicted).toHaveLength(50 * (task === "multiclass" ? 3 : 1));
      expect(predicted.every((value) => Number.isFinite(value))).toBe(true);
      if (task !== "regression") expect(predicted.every((value) => value >= 0 && value <= 1)).toBe(true);
      if (task === "multiclass") {
        for (let row = 0; row < 50; row++) {
          expect(predicted.slice(3 * row, 3 * row + 3).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
        }
      }
      expect(await model.predict(picked(rows, []).features)).toHaveLength(0);
    });

    it("answers the same whatever stands in columns that it says it does not read", async () => {
      const model = await learner.load(await fit(task));
      const { features } = madeUpRows(task, 100, 5);
      const others = madeUpRows(task, 100, 6).features.columns;
      const changed = features.columns.map((column, i) =>
        (model.reads?.has(column.name) ?? true) ? column : others[i]!,
      );

      expect(await model.predict({ ...features, columns: changed })).toEqual(await model.predict(features));
    });

    it("answers the same after it was stored and read again", async () => {
      const files = await fit(task);
      const stored: ArtifactFiles = new Map([...files].map(([file, bytes]) => [file, Uint8Array.from(bytes)]));
      const { features } = madeUpRows(task, 100, 5);

      const [once, again] = [await learner.load(files), await learner.load(stored)];
      expect(await again.predict(features)).toEqual(await once.predict(features));
    });

    it("hardly hears rows of little weight", async () => {
      const train = madeUpRows(task, 600, 1);
      const opposite = {
        binary: (y: number) => 1 - y,
        multiclass: (y: number) => 2 - y,
        regression: (y: number) => -y,
      };
      const both = joined(train, train.target.map(opposite[task]), 1e-6);
      const unseen = madeUpRows(task, 600, 3);

      const predicted = await (await learner.load(await fit(task, { train: both }))).predict(unseen.features);

      expect(lossOf(task, predicted, unseen)).toBeLessThan(0.9 * constantLoss(task, unseen));
    });

    it("needs no validation rows any more once its settings are settled", async () => {
      const settings = learner.settle(given.settings, await fit(task));
      const other = madeUpRows(task, 50, 6);

      expect(await fit(task, { settings, validation: other })).toEqual(await fit(task, { settings }));
    });

    it("reports progress from 0 to 1, never backwards", async () => {
      const seen: number[] = [];

      await fit(task, { onProgress: (done) => seen.push(done) });

      expect(seen.length).toBeGreaterThan(0);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen[0]).toBeGreaterThanOrEqual(0);
      expect(seen.at(-1)).toBeLessThanOrEqual(1);
    });

    it("learns from rows of one class or value without a failure", async () => {
      const rows = madeUpRows(task, 200, 1);
      const same = { ...rows, target: new Float64Array(200).fill(1) };

      const predicted = await (
        await learner.load(await fit(task, { train: same, validation: same }))
      ).predict(rows.features);

      const answer = task === "multiclass" ? predicted.filter((_, i) => i % 3 === 1) : predicted;
      expect(answer.every((value) => value > 0.5)).toBe(true);
    });

    it("refuses files that are missing, cut short or something else", async () => {
      const files = await fit(task);
      const damaged: ArtifactFiles[] = [new Map()];
      for (const [file, bytes] of files) {
        damaged.push(new Map([...files, [file, bytes.slice(0, bytes.length / 2)]]));
        damaged.push(new Map([...files, [file, new TextEncoder().encode("{}")]]));
      }

      for (const each of damaged) await expect(learner.load(each)).rejects.toMatchObject({ code: "artifact-invalid" });
    });
  });
}

/** The rows, then the same rows with other targets and this weight. */
function joined(rows: LabelledRows, others: Float64Array, weight: number): LabelledRows {
  const order = [...rows.target.keys()];
  const { features } = picked(rows, [...order, ...order]);
  const target = Float64Array.from([...rows.target, ...others]);
  const weights = Float64Array.from(target, (_, i) => (i < order.length ? 1 : weight));
  return { features, target, weights };
}

/** Log loss, or the squared error of a regression. */
function lossOf(task: Task, predicted: Float64Array, { target }: LabelledRows): number {
  const losses = [...target].map((answer, row) => {
    if (task === "regression") return (predicted[row]! - answer) * (predicted[row]! - answer);
    const p = task === "binary" ? Math.abs(1 - answer - predicted[row]!) : predicted[3 * row + answer]!;
    return -Math.log(Math.max(p, 1e-9));
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** The loss of the best answer that is the same for every row. */
function constantLoss(task: Task, rows: LabelledRows): number {
  const { target } = rows;
  const mean = (of: (answer: number) => number) => [...target].reduce((sum, y) => sum + of(y), 0) / target.length;
  const constant = {
    binary: () => [mean((y) => y)],
    multiclass: () => [0, 1, 2].map((label) => mean((y) => Number(y === label))),
    regression: () => [mean((y) => y)],
  }[task]();
  return lossOf(task, Float64Array.from([...target].flatMap(() => constant)), rows);
}
