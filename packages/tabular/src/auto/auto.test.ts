import type { ArtifactFiles, LabelledRows } from "@refit/core/runtime";
import { describe, expect, it } from "vitest";
import { labelled, linearDefaults, mixedRows, numeric, unit } from "../made-up.fixture.ts";
import { seededRandom } from "../random.ts";
import { autoAmong } from "./auto.ts";
import { portfolio } from "./portfolio.ts";
import type { AutoSettings, MemberSettings } from "./settings.ts";
import type { SearchRequest } from "./trial.ts";

const settings: AutoSettings = { learner: "auto", models: 3, tries: 8 };
const DAY = 86_400_000;
const small = { ...portfolio[6]!, trees: 30 } as MemberSettings;
const line = { ...linearDefaults } as MemberSettings;

const requestOf = (change: Partial<SearchRequest>): SearchRequest => ({
  task: "regression",
  classes: 0,
  settings,
  seed: 7,
  train: mixedRows("regression", 400, 1),
  validation: mixedRows("regression", 100, 2),
  ...change,
});

interface Stored {
  members: { share: number; settings: Record<string, unknown> }[];
  training: object;
}

const storedOf = (files: ArtifactFiles) => JSON.parse(new TextDecoder().decode(files.get("model.json"))) as Stored;

/** A number that the target follows, once upwards and once, before a day, downwards. */
function turning(rows: number, turnsAt: number, seed: number): Required<Pick<LabelledRows, "times">> & LabelledRows {
  const random = seededRandom(seed);
  const x = Array.from({ length: rows }, () => unit(random) - 0.5);
  const target = x.map((value, row) => (row < turnsAt ? -value : value) + 0.2 * (unit(random) - 0.5));
  return { ...labelled([numeric("x", x)], target), times: Float64Array.from(x, (_, row) => row * 0.01 * DAY) };
}

describe("auto", () => {
  it("chooses the model that fits: a line for what is a line, trees for what is none", async () => {
    const random = seededRandom(5);
    const x = Array.from({ length: 500 }, () => unit(random) - 0.5);
    const of = (target: (value: number) => number) =>
      labelled(
        [numeric("x", x)],
        x.map((value) => target(value) + 0.01 * unit(random)),
      );
    const best = async (train: LabelledRows) =>
      storedOf(await autoAmong([small, line]).fit(requestOf({ train, validation: train }))).members[0]!.settings[
        "learner"
      ];

    expect(await best(of((value) => 3 * value))).toBe("linear");
    expect(await best(of((value) => Math.abs(value)))).toBe("gbdt");
  });

  it("tells the columns that its models read, where each of them does", async () => {
    const rows = turning(400, 200, 3);
    const still = numeric(
      "still",
      Array.from({ length: 400 }, () => 1),
    );
    const train = { ...rows, features: { ...rows.features, columns: [still, ...rows.features.columns] } };
    const readsOf = async (members: readonly MemberSettings[]) => {
      const learner = autoAmong(members);
      return (await learner.load(await learner.fit(requestOf({ train, validation: train })))).reads;
    };

    expect(await readsOf([small])).toEqual(new Set(["x"]));
    expect(await readsOf([line])).toBeUndefined();
  });

  it("decides on the number of trees where few rows would stop them too early", async () => {
    const train = mixedRows("regression", 60, 1);
    const validation = mixedRows("regression", 15, 2);
    const files = await autoAmong([small]).fit(requestOf({ train, validation }));

    const { trees, earlyStoppingRounds } = storedOf(files).members[0]!.settings;
    expect([Number(trees) > 1, earlyStoppingRounds]).toEqual([true, 0]);
  });

  it("forgets what is old where the newest rows are answered clearly better without, and ships that window", async () => {
    const train = turning(4000, 3000, 1);
    const validation = turning(600, 0, 2);
    const learner = autoAmong([small, line]);
    const files = await learner.fit(requestOf({ train, validation }));

    const settled = learner.settle(settings, files);
    expect(settled.training).toEqual({ days: 13 });
    // What is trained with it, on rows that the caller has cut, tells it too.
    expect(storedOf(await learner.fit(requestOf({ settings: settled }))).training).toEqual({ days: 13 });
  });

  it("keeps all rows where nothing changes, and where model.yaml says which rows count", async () => {
    const learner = autoAmong([small, line]);
    const validation = turning(600, 0, 2);
    const still = await learner.fit(requestOf({ train: turning(4000, 0, 1), validation }));
    expect(storedOf(still).training).toEqual({});

    const own = { ...settings, training: { days: 30 } };
    const said = await learner.fit(requestOf({ settings: own, train: turning(4000, 3000, 1), validation }));
    expect(storedOf(said).training).toEqual({ days: 30 });
  });

  it("tries what is live and two beside it, and takes what it says with a grain of salt", async () => {
    const { trees: _, ...others } = small;
    const chosen = [{ share: 1, settings: { ...others, trees: 12 } }];
    const live = (of: unknown) => ({ champion: { settings: { chosen: of } as never, seed: 4 } });
    const learner = autoAmong([line]);
    const kinds = async (change: Partial<SearchRequest>) =>
      storedOf(await learner.fit(requestOf(change))).members.map((member) => member.settings["learner"]);

    expect(await kinds({})).toEqual(["linear"]);
    expect(await kinds(live(chosen))).toContain("gbdt");
    for (const odd of [
      null,
      "x",
      [null],
      [{}],
      [{ share: 1, settings: { learner: "gbdt" } }],
      [{ share: 2, settings: small }],
    ]) {
      expect(await kinds(live(odd))).toEqual(["linear"]);
    }
  });

  it("tries as many as it is told", async () => {
    const one = { ...settings, tries: 1 };
    const { members } = storedOf(await autoAmong([small, line]).fit(requestOf({ settings: one })));
    expect(members.map((member) => member.settings["learner"])).toEqual(["gbdt"]);
  });

  it("learns from a part of many rows first, and finds the same again", async () => {
    const train = mixedRows("binary", 160_000, 1);
    const request = requestOf({ task: "binary", classes: 2, train, validation: mixedRows("binary", 4000, 2) });
    const learner = autoAmong([{ ...small, trees: 3 }, { ...small, trees: 5, leaves: 4 }, line]);

    expect(await learner.fit(request)).toEqual(await learner.fit(request));
  });

  it("goes on without a model that has no finite loss, and says so where there is none besides", async () => {
    const huge = { ...mixedRows("regression", 400, 1), target: new Float64Array(400).fill(1e200) };
    huge.target[0] = -1e200;
    await expect(autoAmong([small]).fit(requestOf({ train: huge, validation: huge }))).rejects.toMatchObject({
      code: "learner-diverged",
    });
  });
});

describe("a stored blend", () => {
  it.each<[field: string, damage: (model: Stored & Record<string, unknown>) => void]>([
    ["learner", (m) => (m["learner"] = "gbdt")],
    ["members", (m) => (m.members = [])],
    ["members", (m) => m.members.push(m.members[0]!, m.members[0]!, m.members[0]!)],
    ["members", (m) => (m.members[0]!.share = 0.4)],
    ["members[0].share", (m) => (m.members[0]!.share = -1)],
    ["members[0].settings", (m) => (m.members[0]!.settings = { learner: "command", train: ["rm"] })],
    ["members[0].settings", (m) => delete m.members[0]!.settings["leaves"]],
    ["members[0].settings", (m) => (m.members[0]!.settings["leaves"] = 1e9)],
    ["training", (m) => (m.training = { days: -1 })],
    ["training", (m) => (m.training = { weeks: 1 })],
  ])("with damage to %s is refused (%#)", async (field, damage) => {
    const learner = autoAmong([small]);
    const files = await learner.fit(requestOf({}));
    const model = storedOf(files) as Stored & Record<string, unknown>;
    damage(model);
    const damaged = new Map([...files, ["model.json", new TextEncoder().encode(JSON.stringify(model))]]);

    await expect(learner.load(damaged)).rejects.toMatchObject({ code: "artifact-invalid", file: "model.json", field });
  });

  it("without the file of a member is refused", async () => {
    const learner = autoAmong([small]);
    const files = new Map(await learner.fit(requestOf({})));
    files.delete("1/model.json");

    await expect(learner.load(files)).rejects.toMatchObject({ code: "artifact-invalid" });
  });
});
