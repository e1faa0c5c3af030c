import { rm } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { churnManifest, churnSpec } from "./support/churn.ts";
import { championScene, proposedScene } from "./support/scene.ts";
import { commit, onProposal, verify } from "./support/verify.ts";

describe("what a pull request asks less of", () => {
  const looser = { ...churnSpec, gates: [{ metric: "rocAuc", min: 0.1 }], retrain: { drift: false } };
  const unchecked = { ...churnManifest, checks: { minRows: 1 } };

  it("is named, and allowed where it changes no champion", async () => {
    const scene = await championScene({}, "squash");
    await scene.git("switch", "--quiet", "--create", "looser");
    await scene.write("models/churn/model.yaml", JSON.stringify(looser));
    await scene.write("data-manifests/churn.yaml", JSON.stringify(unchecked));
    await commit(scene);

    expect(await verify(scene)).toMatchObject({
      result: "unchanged",
      title: "Nothing to judge here: the champion is not changed; weakens 4 checks",
      weakened: [
        "the gate `rocAuc min: 0.6` is loosened to 0.1",
        "the gate `rocAuc maxRegression: 0.2` is gone",
        "`retrain.minNewRows` is gone",
        "`checks.minRows` falls from 100 to 1",
      ],
      exitCode: 0,
    });
  });

  it("makes it red where it changes the champion, too, even to an honest version", async () => {
    const scene = await onProposal();
    await scene.write("data-manifests/churn.yaml", JSON.stringify(unchecked));
    await commit(scene);

    const { result, title, problems, exitCode } = await verify(scene);

    expect({ result, exitCode }).toEqual({ result: "failed", exitCode: 2 });
    expect(title).toMatch(/files are equal; and it weakens 1 check$/);
    expect(problems).toEqual([expect.stringContaining("a pull request of its own")]);
  });

  it("is a file that is gone", async () => {
    const scene = await championScene({}, "squash");
    await scene.git("switch", "--quiet", "--create", "gone");
    await rm(path.join(scene.root, "data-manifests/churn.yaml"));
    await commit(scene);

    expect((await verify(scene)).weakened).toEqual(["data-manifests/churn.yaml is removed"]);
  });

  it("is not what the base branch has raised since", async () => {
    const scene = await proposedScene();
    await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, checks: { minRows: 200 } } });
    await scene.git("switch", "--quiet", "refit--churn");

    expect(await verify(scene)).toMatchObject({ result: "valid", weakened: [] });
  });
});
