import { expect, it } from "vitest";
import { churnManifest, churnSpec } from "../../refit/test/e2e/support/churn.ts";
import { month, openPull, openStage, runEventOf, schedule } from "./support/stage.ts";

const small = { ...churnSpec, candidates: [{ learner: "linear" }], slices: [] };
const retrain = { ...churnSpec.retrain, cooldownHours: 0 };

/** Besides `churn`: three more like it, one that no candidate is good enough for, and one whose data are refused. */
const others = {
  ...Object.fromEntries(
    ["eu/visits", "fraud", "upsell"].map((model, seed) => [`models/${model}/model.yaml`, { ...small, retrain, seed }]),
  ),
  "models/strict/model.yaml": { ...small, retrain, gates: [{ metric: "rocAuc", min: 0.9999 }] },
  "models/spoilt/model.yaml": { ...small, retrain, data: "spoilt" },
  "data-manifests/spoilt.yaml": { ...churnManifest, sources: [{ path: "data/spoilt/*.csv" }] },
  "refit.yaml": "parallel: 2\n",
  "data/spoilt/2026-01.csv": "customer,day\nc,2026-01-01\n",
};

it(
  "six models: one blocked, one rejected, four proposed; one required check answers for all, in the merge queue too",
  { timeout: 900_000 },
  async () => {
    const stage = await openStage({ spec: { candidates: [{ learner: "linear" }], slices: [] } });
    const { hub, act } = stage;
    await stage.land(others);
    hub.set({ protection: { main: { checks: ["refit"], pullRequest: true, ruleset: true, bypass: ["ada"] } } });
    const answersOn = (sha: string) =>
      hub.rows.checkRuns
        .filter(({ headSha }) => headSha === sha)
        .map(({ name, conclusion }) => `${name}: ${conclusion}`)
        .toSorted();
    const headOf = (pull: number) => hub.rows.issues[pull - 1]!.pull!.headSha;

    const first = await act(schedule);
    expect(first).toMatchObject({ exitCode: 1, outputs: { decision: "blocked" } });
    const opened = JSON.parse(first.outputs["pull-requests"]!) as { model: string; number: number }[];
    expect(opened.map(({ model }) => model).toSorted()).toEqual(["churn", "eu/visits", "fraud", "upsell"]);
    const pullOf = (model: string) => opened.find((each) => each.model === model)!.number;
    expect(first.log).toMatch(/^strict: rejected/m);
    expect(first.log).toContain("spoilt: blocked.");
    for (const { model, number } of opened) {
      expect(answersOn(headOf(number))).toEqual([`refit / ${model}: success`, "refit: success"].toSorted());
    }
    expect(hub.rows.issues.flatMap(({ title, pull }) => (pull === null ? [title] : []))).toHaveLength(1);

    // Each can be merged alone; then both models have new data, and two proposals that know nothing of each other.
    for (const model of ["churn", "fraud"]) await hub.person.merge(pullOf(model));
    const second = await act(await stage.land(month(3)));
    const again = JSON.parse(second.outputs["pull-requests"]!) as {
      model: string;
      number: number;
      operation: string;
    }[];
    const created = again.filter(({ operation }) => operation === "created");
    expect(created.map(({ model }) => model).toSorted()).toEqual(["churn", "fraud"]);

    await hub.person.commit("docs", { "NOTES.md": "Read me." });
    const docs = await openPull(hub, "docs");
    await expect(hub.person.merge(docs)).rejects.toThrow('"refit" is expected');
    expect((await act(await stage.newest("pull_request", "opened"))).outputs).toMatchObject({ decision: "unchanged" });
    expect(answersOn(headOf(docs))).toEqual(["refit: success"]);

    const numbers = [...created.map(({ number }) => number), docs];
    const queued = await hub.person.enqueue(...numbers);
    for (const [at, entry] of queued.entries()) {
      const asked = hub.events.find(({ name, sha }) => name === "merge_group" && sha === entry.head);
      // What stands before it in the queue has been merged meanwhile, or not.
      if (at === 1) expect(await hub.person.mergeQueued([queued[0]!])).toEqual([numbers[0]]);
      expect(await act(runEventOf(asked!))).toMatchObject({ exitCode: 0, outputs: { decision: "valid" } });
      expect(answersOn(entry.head)).toContain("refit: success");
    }
    expect(await hub.person.mergeQueued(queued.slice(1))).toEqual(numbers.slice(1));
    expect(hub.unknownRoutes).toEqual([]);
  },
);
