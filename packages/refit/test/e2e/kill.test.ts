import { createRepository, type TemporaryRepository } from "@refit/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { policySpan, poorSpec, writeRichPolicy } from "./support/policy.ts";
import { witness } from "./support/kill.ts";
import { stateOf } from "./support/refs.ts";
import { churnSceneIn, month, openScene, type Scene } from "./support/scene.ts";

/** A command, and the state of things that it is given. */
interface Case {
  readonly name: string;
  readonly arrange: (scene: Scene) => Promise<void>;
  readonly act: (scene: Scene) => Promise<unknown>;
  /** Also kill it while it fills nothing but caches; one case is enough. */
  readonly early?: boolean;
}

async function promoteFirst(scene: Scene): Promise<void> {
  await scene.run();
  await scene.merge("squash");
}

async function promoteSecond(scene: Scene): Promise<void> {
  await promoteFirst(scene);
  scene.at("2026-06-03T00:00:00Z");
  await scene.land(month(3));
  await scene.run();
  await scene.merge("merge");
}

async function breakMonth(scene: Scene): Promise<void> {
  await promoteFirst(scene);
  await scene.land({ "data/churn/2026-03.csv": "customer,day,plan,hours,complaints,left\n" });
}

const cases: Case[] = [
  { name: "the first proposal", arrange: async () => {}, act: (scene) => scene.run(), early: true },
  {
    name: "an update of an open proposal",
    arrange: async (scene) => {
      await promoteFirst(scene);
      scene.at("2026-06-03T00:00:00Z");
      await scene.land(month(3));
      await scene.run();
      await scene.land(month(4));
    },
    act: (scene) => scene.run({ force: "now" }),
  },
  {
    name: "a refusal by a gate",
    arrange: async (scene) => {
      const spec = JSON.parse(await scene.git("show", "main:models/churn/model.yaml")) as object;
      await scene.land({ "models/churn/model.yaml": { ...spec, gates: [{ metric: "rocAuc", min: 0.999 }] } });
    },
    act: (scene) => scene.run(),
  },
  {
    name: "a model that must not be promoted",
    arrange: async (scene) => {
      const spec = JSON.parse(await scene.git("show", "main:models/churn/model.yaml")) as object;
      await scene.land({ "models/churn/model.yaml": { ...spec, key: "plan" } }); // the same plans on both sides
    },
    act: (scene) => scene.run(),
  },
  { name: "data that block", arrange: breakMonth, act: (scene) => scene.run() },
  {
    name: "data that are mended",
    arrange: async (scene) => {
      await breakMonth(scene);
      await scene.run();
      await scene.land(month(3));
    },
    act: (scene) => scene.run({ force: "mended" }),
  },
  { name: "a rollback", arrange: promoteSecond, act: (scene) => scene.refit("rollback", ["churn"]) },
  {
    name: "the proposal of a policy",
    arrange: async (scene) => {
      await scene.land({ "models/churn/model.yaml": poorSpec });
      await promoteFirst(scene);
    },
    act: async (scene) => {
      const policy = [await writeRichPolicy(scene)];
      await scene.refit("backtest", ["churn"], { ...policySpan, policy, propose: true });
    },
  },
  { name: "tags", arrange: promoteSecond, act: (scene) => scene.refit("promote") },
  {
    name: "a rejection",
    arrange: async (scene) => void (await scene.run()),
    act: (scene) => scene.refit("reject", ["churn"], { reason: "no" }),
  },
];

const caches = new Set(["fetch", "fetch source", "open tables", "write"]);

describe.each(cases)("$name, killed after any of its effects and run again", ({ arrange, act, early }) => {
  const time = "2026-06-08T00:00:00Z";
  let repository: TemporaryRepository;
  beforeAll(async () => {
    repository = await createRepository({ remote: true });
    await arrange(await churnSceneIn(repository, { spec: { candidates: [{ learner: "linear" }] } }));
  });
  afterAll(() => repository.dispose());

  it("ends as if nothing had happened", { timeout: 600_000 }, async () => {
    const before = await stateOf(repository);
    const { watch } = witness(repository, early ? new Set() : caches);

    const moments = await watch(async (adapt) => act(await openScene(repository, { adapt, from: time })));

    const whole = await stateOf(repository);
    expect(whole).not.toEqual(before);
    expect(moments.length).toBeGreaterThan(7);
    for (const moment of moments) {
      await moment.restore();
      await act(await openScene(repository, { from: time }));
      expect(await stateOf(repository), `killed after ${moment.happened.join(", ")}`).toEqual(whole);
    }
  });
});
