import type { ArtifactFiles, FitRequest } from "@refit/core/runtime";
import type { Task } from "@refit/core/spec";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gbdt, learners, linear } from "./index.ts";
import { categorical, gbdtDefaults, labelled, linearDefaults, mixedRows, numeric } from "./made-up.fixture.ts";

const settings = { gbdt: { ...gbdtDefaults, trees: 5, leaves: 8 }, linear: linearDefaults };
const classes = { binary: 2, multiclass: 3, regression: 0 };
type Name = keyof typeof settings;

function fit(name: Name, task: Task, seed = 1): Promise<ArtifactFiles> {
  const rows = mixedRows(task, 300, seed);
  const request: FitRequest<never> = {
    task,
    classes: classes[task],
    settings: settings[name] as never,
    seed,
    train: rows,
    validation: rows,
  };
  return learners[name].fit(request);
}

// oxlint-disable-next-line typescript/no-explicit-any -- a stored model of any shape, to be broken
type Stored = any;

function parse(files: ArtifactFiles): Stored {
  return JSON.parse(new TextDecoder().decode(files.get("model.json")));
}

function store(model: unknown): ArtifactFiles {
  return new Map([["model.json", new TextEncoder().encode(JSON.stringify(model))]]);
}

const names: Name[] = ["gbdt", "linear"];
const tasks: Task[] = ["binary", "multiclass", "regression"];

describe("a stored model", () => {
  it.each<[what: string, change: Stored, code: string]>([
    ["a link of classes", { task: "binary", classes: 2 }, "artifact-invalid"],
    ["another link", { link: "logit" }, "artifact-invalid"],
    ["a link in the format before there were any", { format: 1 }, "artifact-invalid"],
    ["format 2 without a link", { link: undefined }, "artifact-invalid"],
    ["scores that no exponential holds", { base: [710] }, "artifact-invalid"],
    ["a newer format", { format: 3 }, "format-newer"],
  ])("of counts is refused with %s", async (_what, change, code) => {
    const rows = mixedRows("binary", 100, 1);
    const poisson = { ...settings.gbdt, objective: "poisson" as const };
    const request = {
      task: "regression" as const,
      classes: 0,
      settings: poisson,
      seed: 1,
      train: rows,
      validation: rows,
    };
    const model = parse(await gbdt.fit(request));

    expect(model).toMatchObject({ format: 2, link: "log" });
    await expect(gbdt.load(store(model))).resolves.toBeDefined();
    await expect(gbdt.load(store({ ...model, ...change }))).rejects.toMatchObject({ code });
  });

  it("predicts the same after another round through its file, and only finite numbers, whatever the rows", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.constantFrom(...tasks),
        fc.integer({ min: 1, max: 1000 }),
        fc.array(fc.tuple(fc.float(), fc.float(), fc.nat(6), fc.nat(39)), { maxLength: 300 }),
        async (name, task, seed, cells) => {
          const files = await fit(name, task, seed);
          const rows = labelled(
            [
              numeric(
                "a",
                cells.map(([a]) => a),
              ),
              numeric(
                "b",
                cells.map(([, b]) => b),
              ),
              categorical(
                "c",
                5,
                cells.map(([, , c]) => c),
              ),
              categorical(
                "d",
                38,
                cells.map(([, , , d]) => d),
              ),
            ],
            cells.map(() => 0),
          );

          const once = (await learners[name].load(files)).predict(rows.features);
          const again = (await learners[name].load(store(parse(files)))).predict(rows.features);

          expect(again).toEqual(once);
          expect(once).toHaveLength(task === "multiclass" ? 3 * cells.length : cells.length);
          expect(once.every((value) => Number.isFinite(value))).toBe(true);
        },
      ),
      { numRuns: 30, seed: 1 },
    );
  });

  it.each(names)("%s: is JSON with sorted keys and one newline at the end", async (name) => {
    const files = await fit(name, "binary");
    const text = new TextDecoder().decode(files.get("model.json"));

    expect([...files.keys()]).toEqual(["model.json"]);
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(JSON.parse(text)).sort());
    expect(text).toMatch(/^[^\n]+\n$/);
  });

  it.each<[what: string, files: ArtifactFiles]>([
    ["no file", new Map()],
    ["an empty file", new Map([["model.json", new Uint8Array()]])],
    ["no JSON", new Map([["model.json", new TextEncoder().encode("{")]])],
    ["no UTF-8", new Map([["model.json", Uint8Array.of(0x22, 0xff, 0x22)]])],
    ["a list", store([])],
    ["null", store(null)],
    ["an empty object", store({})],
  ])("is refused when it is %s", async (_what, files) => {
    for (const name of names) {
      await expect(learners[name].load(files)).rejects.toMatchObject({
        code: "artifact-invalid",
        file: "model.json",
        field: "",
      });
    }
  });

  it.each<[name: Name, task: Task, field: string, damage: (model: Stored) => void]>([
    ["gbdt", "binary", "", (m) => delete m.base],
    ["gbdt", "binary", "", (m) => (m.extra = 1)],
    ["gbdt", "binary", "format", (m) => (m.format = 0)],
    ["gbdt", "binary", "learner", (m) => (m.learner = "linear")],
    ["gbdt", "binary", "task", (m) => (m.task = "ranking")],
    ["gbdt", "binary", "classes", (m) => (m.classes = 3)],
    ["gbdt", "multiclass", "classes", (m) => (m.classes = 2)],
    ["gbdt", "multiclass", "base", (m) => (m.classes = 4)],
    ["gbdt", "binary", "features", (m) => (m.features = {})],
    ["gbdt", "binary", "features[1].name", (m) => (m.features[1].name = "a")],
    ["gbdt", "binary", "features[0].name", (m) => (m.features[0].name = 1)],
    ["gbdt", "binary", "features[0].kind", (m) => (m.features[0].kind = "text")],
    ["gbdt", "binary", "features[0].levels", (m) => (m.features[0].levels = 3)],
    ["gbdt", "binary", "features[2].levels", (m) => (m.features[2].levels = 255)],
    ["gbdt", "binary", "features[2].levels", (m) => (m.features[2].levels = 1.5)],
    ["gbdt", "binary", "base[0]", (m) => (m.base[0] = null)],
    ["gbdt", "binary", "trees", (m) => (m.trees = "none")],
    ["gbdt", "binary", "trees[0]", (m) => m.trees[0].push(m.trees[0][0])],
    ["gbdt", "multiclass", "trees[1]", (m) => m.trees[1].pop()],
    ["gbdt", "binary", "trees[0][0]", (m) => delete m.trees[0][0].rule],
    ["gbdt", "binary", "trees[0][0].leaf", (m) => m.trees[0][0].leaf.pop()],
    ["gbdt", "binary", "trees[0][0].leaf[1]", (m) => (m.trees[0][0].leaf[1] = "1")],
    ["gbdt", "binary", "trees[0][0].column[0]", (m) => (m.trees[0][0].column[0] = 4)],
    ["gbdt", "binary", "trees[0][0].column[0]", (m) => (m.trees[0][0].column[0] = -1)],
    ["gbdt", "binary", "trees[0][0].left", (m) => m.trees[0][0].left.push(0)],
    ["gbdt", "binary", "trees[0][0].left[0]", (m) => (m.trees[0][0].left[0] = 0)],
    ["gbdt", "binary", "trees[0][0].left[0]", (m) => (m.trees[0][0].left[0] = 7)],
    ["gbdt", "binary", "trees[0][0].left[0]", (m) => (m.trees[0][0].left[0] = -9)],
    ["gbdt", "binary", "trees[0][0].right[0]", (m) => (m.trees[0][0].right[0] = m.trees[0][0].left[0])],
    ["gbdt", "binary", "trees[0][0].missingLeft[0]", (m) => (m.trees[0][0].missingLeft[0] = 2)],
    ["gbdt", "binary", "trees[0][0].rule", (m) => m.trees[0][0].rule.pop()],
    ["gbdt", "binary", "trees[0][0].rule[0]", (m) => split(m, 0, "1")],
    ["gbdt", "binary", "trees[0][0].rule[0]", (m) => split(m, 0, [2])],
    ["gbdt", "binary", "trees[0][0].rule[0]", (m) => split(m, 2, 0.5)],
    ["gbdt", "binary", "trees[0][0].rule[0]", (m) => split(m, 2, [3, 2])],
    ["gbdt", "binary", "trees[0][0].rule[0]", (m) => split(m, 2, [2, 2])],
    ["gbdt", "binary", "trees[0][0].rule[0][0]", (m) => split(m, 2, [7])],
    ["gbdt", "regression", "trees", (m) => m.trees.forEach(([tree]: Stored) => (tree.leaf[0] = 1.7e308))],
    ["linear", "binary", "learner", (m) => (m.learner = "gbdt")],
    ["linear", "binary", "features[3]", (m) => (m.features[3] = "d")],
    ["linear", "binary", "means", (m) => m.means.pop()],
    ["linear", "binary", "means[0]", (m) => (m.means[0] = "0")],
    ["linear", "binary", "deviations[0]", (m) => (m.deviations[0] = -1)],
    ["linear", "binary", "weights", (m) => m.weights.push(m.weights[0])],
    ["linear", "multiclass", "weights[2]", (m) => m.weights[2].pop()],
    ["linear", "regression", "weights[0][1]", (m) => (m.weights[0][1] = null)],
    ["linear", "regression", "weights[0]", (m) => (m.weights[0][1] = 1e305)],
  ])("%s, %s: damage to %j is found (%#)", async (name, task, field, damage) => {
    const model = parse(await fit(name, task));
    damage(model);

    await expect(learners[name].load(store(model))).rejects.toMatchObject({
      code: "artifact-invalid",
      file: "model.json",
      field,
    });
  });
});

/** Make the first split of the first tree one by another column. */
function split(model: Stored, column: number, rule: unknown): void {
  model.trees[0][0].column[0] = column;
  model.trees[0][0].missingLeft[0] = 0;
  model.trees[0][0].rule[0] = rule;
}

describe.each([gbdt, linear])("$name refuses rows", (learner) => {
  it.each([
    ["with a column more", (columns: Stored[]) => columns.push(numeric("e", Array.from<number>({ length: 300 })))],
    ["in another order", (columns: Stored[]) => columns.reverse()],
    ["with another name", (columns: Stored[]) => (columns[0] = { ...columns[0], name: "A" })],
    [
      "with another kind",
      (columns: Stored[]) =>
        (columns[0] = categorical(
          "a",
          5,
          Array.from({ length: 300 }, () => 2),
        )),
    ],
    ["with more levels", (columns: Stored[]) => (columns[2] = { ...columns[2], levels: 6 })],
  ])("%s", async (_what, change) => {
    const { features } = mixedRows("binary", 300, 1);
    const columns = [...features.columns];
    change(columns);
    const model = await learner.load(await fit(learner.name as Name, "binary"));

    expect(() => model.predict({ ...features, columns })).toThrow(/model\.json, features.*rows to predict/);
  });
});
