import { expect, it } from "vitest";
import { churnSpec } from "./support/churn.ts";
import { churnScene, openScene } from "./support/scene.ts";

it("a dataset is listed anew for the model after one that was trained, and once where none is", async () => {
  const scene = await churnScene();
  const linear = [{ learner: "linear" }];
  await scene.land({
    "models/churn/model.yaml": { ...churnSpec, candidates: linear },
    "models/later/model.yaml": { ...churnSpec, candidates: linear, seed: 8 },
  });
  let listed = 0;
  const counting = await openScene(scene.repository, {
    from: scene.now(),
    adapt: (ports) => ({
      ...ports,
      sources: {
        ...ports.sources,
        list(...request) {
          listed++;
          return ports.sources.list(...request);
        },
      },
    }),
  });
  const listedBy = async (command: string, flags = {}) => {
    listed = 0;
    const { stdout } = await counting.refit(command, [], { json: true, ...flags });
    const { models } = JSON.parse(stdout) as { readonly models: readonly { readonly result: string }[] };
    return { listed, results: models.map(({ result }) => result) };
  };

  expect(await listedBy("plan")).toEqual({ listed: 1, results: ["due", "due"] });
  expect(await listedBy("train", { out: "made" })).toEqual({ listed: 2, results: ["trained", "trained"] });
});
