import { createPrepared, createRepository, type TemporaryRepository } from "@refit/testkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { churnSpec } from "./support/churn.ts";
import { policySpan, poorSpec, writeRichPolicy } from "./support/policy.ts";
import { witness } from "./support/kill.ts";
import { stateOf } from "./support/refs.ts";
import { churnSceneIn, month, openScene, type Scene } from "./support/scene.ts";

/** A command, and the state of things that it is given. */
interface Case {
  readonly name: string;
  /** What is live at first. Default: nothing. */
  readonly live?: "one version" | "two versions";
  readonly arrange?: (scene: Scene) => Promise<unknown>;
  readonly act: (scene: Scene) => Promise<unknown>;
  /** Kill it only from the first effect of this name on; what comes before is as in other cases. */
  readonly since?: string;
  /** Also kill it while it fills nothing but caches; one case is enough. */
  readonly early?: boolean;
}

async function breakMonth(scene: Scene): Promise<void> {
  await scene.land({ "data/churn/2026-03.csv": "customer,day,plan,hours,complaints,left\n" });
}

async function landGroup(scene: Scene): Promise<void> {
  const spec = { ...churnSpec, candidates: [{ learner: "linear" }], proposalGroup: "pair" };
  await scene.land({ "models/churn/model.yaml": spec, "models/twin/model.yaml": { ...spec, seed: 8 } });
}

const cases: Case[] = [
  { name: "the first proposal", act: (scene) => scene.run(), early: true },
  {
    name: "an update of an open proposal",
    live: "one version",
    arrange: async (scene) => {
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
  { name: "data that block", live: "one version", arrange: breakMonth, act: (scene) => scene.run() },
  {
    name: "data that are corrected",
    live: "one version",
    arrange: async (scene) => {
      await breakMonth(scene);
      await scene.run();
      await scene.land(month(3));
    },
    act: (scene) => scene.run({ force: "mended" }),
  },
  { name: "a rollback", live: "two versions", act: (scene) => scene.refit("rollback", ["churn"]) },
  {
    name: "the proposal of a policy",
    arrange: async (scene) => {
      await scene.land({ "models/churn/model.yaml": poorSpec });
      await scene.run();
      await scene.merge("squash");
    },
    act: async (scene) => {
      const policy = [await writeRichPolicy(scene)];
      await scene.refit("backtest", ["churn"], { ...policySpan, policy, propose: true });
    },
  },
  { name: "tags", live: "two versions", act: (scene) => scene.refit("promote") },
  {
    name: "a proposal of two models",
    since: "push",
    arrange: (scene) => landGroup(scene),
    act: (scene) => scene.refit("run"),
  },
  {
    name: "a rejection of two models",
    arrange: async (scene) => {
      await landGroup(scene);
      await scene.refit("run");
    },
    act: (scene) => scene.refit("reject", ["twin"], { reason: "no" }),
  },
  {
    name: "a rejection",
    arrange: (scene) => scene.run(),
    act: (scene) => scene.refit("reject", ["churn"], { reason: "no" }),
  },
];

const caches = new Set(["fetch", "fetch source", "open tables", "write"]);

/** Made once, and copied for each case that begins so. */
function begun(live: Case["live"]): Promise<TemporaryRepository> {
  return createPrepared(`kill ${live}`, async () => {
    if (live === undefined) {
      const repository = await createRepository({ remote: true });
      await churnSceneIn(repository, { spec: { candidates: [{ learner: "linear" }] } });
      return repository;
    }
    const isSecond = live === "two versions";
    const repository = await begun(isSecond ? "one version" : undefined);
    const scene = await openScene(repository, { from: isSecond ? "2026-06-03T00:00:00Z" : "2026-06-01T00:00:00Z" });
    if (isSecond) await scene.land(month(3));
    await scene.run();
    await scene.merge(isSecond ? "merge" : "squash");
    return repository;
  });
}

describe.each(cases)("$name, killed after any of its effects and run again", ({ live, arrange, act, early, since }) => {
  const time = "2026-06-08T00:00:00Z";
  let repository: TemporaryRepository;
  beforeAll(async () => {
    repository = await begun(live);
    await arrange?.(await openScene(repository));
  });
  afterAll(() => repository.dispose());

  it("ends as if nothing had happened", { timeout: 600_000 }, async () => {
    const before = await stateOf(repository);
    const { watch } = witness(repository, early ? new Set() : caches);

    const moments = await watch(async (adapt) => act(await openScene(repository, { adapt, from: time })));

    const whole = await stateOf(repository);
    expect(whole).not.toEqual(before);
    expect(moments.length).toBeGreaterThan(6);
    const first = since === undefined ? 0 : moments.findIndex(({ happened }) => happened.at(-1) === since);
    for (const moment of moments.slice(first)) {
      await moment.restore();
      await act(await openScene(repository, { from: time }));
      expect(await stateOf(repository), `killed after ${moment.happened.join(", ")}`).toEqual(whole);
    }
  });
});
