import type { ArtifactFiles, FeatureMatrix, FitRequest, Learner } from "@refit/core/runtime";
import { describe, expect, it } from "vitest";
import type { Files } from "../../ports/files.ts";
import { encodeText } from "../../text.ts";
import { keptFits } from "./kept-fits.ts";

function memory(): { readonly files: Files; readonly stored: Map<string, Uint8Array> } {
  const stored = new Map<string, Uint8Array>();
  const files: Files = {
    read: async (path) => stored.get(path) ?? null,
    list: async () => [],
    children: async () => [],
    write: async (path, bytes) => void stored.set(path, bytes),
    remove: async (path) => void stored.delete(path),
  };
  return { files, stored };
}

const rows = (values: readonly number[], target: readonly number[], weights?: readonly number[]) => ({
  features: {
    rows: values.length,
    columns: [{ kind: "numeric" as const, name: "x", values: Float32Array.from(values) }],
  },
  target: Float64Array.from(target),
  ...(weights && { weights: Float64Array.from(weights) }),
});

const request: FitRequest<unknown> = {
  task: "binary",
  classes: 2,
  settings: { learner: "mean", depth: 2 },
  seed: 7,
  train: rows([1, 2, 3], [0, 1, 1], [1, 1, 1]),
  validation: rows([4], [1]),
};

/** A learner that counts how often it is asked. */
async function asked(requests: readonly FitRequest<unknown>[], kept = memory(), algorithmVersion = 1) {
  const counts = { asked: 0, made: 0 };
  const fit = async ({ seed }: FitRequest<unknown>): Promise<ArtifactFiles> =>
    new Map([["model.json", encodeText(`model of ${seed}`)]]);
  const learner = { name: "mean", algorithmVersion, fit } as unknown as Learner;
  const learners = keptFits(
    { installed: [], get: async () => learner, missing: async () => null },
    kept.files,
    { folder: "/fits", answers: true },
    counts,
  );
  const { fit: keeping } = await learners.get("mean");
  const made: string[] = [];
  for (const each of requests) made.push(Buffer.from((await keeping(each)).get("model.json")!).toString());
  return { counts, made, kept };
}

describe("keptFits", () => {
  it("makes what was made before from its copy, also in another process", async () => {
    const { counts, made, kept } = await asked([request, request]);
    const later = await asked([request], kept);

    expect(counts).toEqual({ asked: 2, made: 1 });
    expect(made).toEqual(["model of 7", "model of 7"]);
    expect(later).toMatchObject({ counts: { asked: 1, made: 0 }, made: ["model of 7"] });
  });

  it.each<[what: string, other: Partial<FitRequest<unknown>>]>([
    ["seed", { seed: 8 }],
    ["settings", { settings: { learner: "mean", depth: 3 } }],
    ["task", { task: "regression", classes: 0 }],
    ["value of a row", { train: rows([1, 2, 4], [0, 1, 1], [1, 1, 1]) }],
    ["label", { train: rows([1, 2, 3], [0, 1, 0], [1, 1, 1]) }],
    ["weight", { train: rows([1, 2, 3], [0, 1, 1], [1, 1, 2]) }],
    ["validation row", { validation: rows([5], [1]) }],
  ])("makes another one for another %s", async (_what, other) => {
    const { counts } = await asked([request, { ...request, ...other }]);

    expect(counts.made).toBe(2);
  });

  it("makes another one for another version of the algorithm, and in place of a damaged copy", async () => {
    const { kept } = await asked([request]);

    expect((await asked([request], kept, 2)).counts.made).toBe(1);
    for (const path of kept.stored.keys()) kept.stored.set(path, encodeText("cut sho"));
    expect((await asked([request], kept)).counts.made).toBe(1);
  });

  describe("answers", () => {
    /** A learner whose models count how often they are asked. */
    async function answering(answers: boolean) {
      let times = 0;
      const load = async (artifact: ArtifactFiles) => ({
        predict: ({ rows: count }: FeatureMatrix) => {
          times++;
          return new Float64Array(count).fill(artifact.get("model.json")!.length);
        },
      });
      const learner = { name: "mean", algorithmVersion: 1, load } as unknown as Learner;
      const counts = { asked: 0, made: 0 };
      const where = { folder: "/fits", answers };
      const kept = keptFits(
        { installed: [], get: async () => learner, missing: async () => null },
        memory().files,
        where,
        counts,
      );
      return { learner: await kept.get("mean"), times: () => times };
    }
    const model = (text: string): ArtifactFiles => new Map([["model.json", encodeText(text)]]);
    const { features } = request.train;

    it("are worked out once for the same model and rows, and nobody's work in them shows", async () => {
      const { learner, times } = await answering(true);

      const first = await (await learner.load(model("a"))).predict(features);
      first[0] = 99;
      const second = await (await learner.load(model("a"))).predict({ ...features });

      expect([...second]).toEqual([1, 1, 1]);
      expect(times()).toBe(1);
    });

    it.each<[what: string, text: string, values: readonly number[]]>([
      ["model", "ab", [1, 2, 3]],
      ["row", "a", [1, 2, 4]],
    ])("are worked out anew for another %s", async (_what, text, values) => {
      const { learner, times } = await answering(true);
      await (await learner.load(model("a"))).predict(features);

      await (await learner.load(model(text))).predict(rows(values, [0, 0, 0]).features);

      expect(times()).toBe(2);
    });

    it("are not remembered where somebody measures how long they take", async () => {
      const { learner, times } = await answering(false);

      for (let i = 0; i < 2; i++) await (await learner.load(model("a"))).predict(features);

      expect(times()).toBe(2);
    });
  });
});
