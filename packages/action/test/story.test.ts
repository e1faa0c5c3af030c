import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { month, openStage, schedule } from "./support/stage.ts";

/** Where `.ci/run` puts a Node of the version that GitHub runs actions with. */
const name = `node-${process.platform}-${process.arch}`;
const node24 = path.join(process.env["TMPDIR"] ?? tmpdir(), `refit-${name}-24.21.0/node_modules/${name}/bin`);

describe("the built action, alone in a folder, on a hub", () => {
  it.for([
    { version: "this Node", nodeFolder: path.dirname(process.execPath) },
    { version: "Node 24", nodeFolder: node24 },
  ])(
    "proposes, repeats nothing, promotes, verifies, rolls back and stays quiet: $version",
    async ({ nodeFolder }, { skip }) => {
      skip(!existsSync(nodeFolder), "There is no Node 24 here; .ci/run brings it.");
      const stage = await openStage({ nodeFolder });
      const { hub, act, newest } = stage;
      const tags = async () => (await stage.git("ls-remote", "--tags", "--refs", "origin")).match(/refs\/tags\/\S+/g);

      const first = await act(schedule);
      expect(first.outputs).toEqual({
        decision: "proposed",
        models: '["churn"]',
        verdict: "promote",
        version: expect.stringMatching(/^[0-9a-f]{40}$/),
        candidates: "",
        "pull-requests": `[{"model":"churn","url":"${hub.url}/octo/demo/pull/1","operation":"created","number":1}]`,
        "pull-request-number": "1",
        "pull-request-url": `${hub.url}/octo/demo/pull/1`,
        "pull-request-operation": "created",
        "report-path": expect.stringMatching(/refit-reports\/churn\.md$/),
        matrix: "",
        any: "",
        reason: "",
      });
      expect(first.summary).toContain("### The challenger on the holdout");
      const [, chart = ""] = /^!\[[^\]]+\]\((http[^)]+\.svg\?raw=true)\)$/m.exec(first.summary) ?? [];
      expect(await (await fetch(chart)).text()).toMatch(/^<svg /);
      expect(hub.rows.comments.filter((comment) => comment.issue === 1)).toHaveLength(1);
      expect(hub.rows.checkRuns).toMatchObject([
        { name: "refit / churn", conclusion: "success" },
        { name: "refit", conclusion: "success" },
      ]);
      stage.writes();

      const again = await act(schedule);
      expect(again.outputs).toMatchObject({
        decision: "skipped",
        "pull-request-number": "1",
        "pull-request-operation": "unchanged",
        verdict: "",
        "report-path": "",
      });
      expect(stage.writes()).toEqual([]);

      await hub.person.merge(1, "squash");
      const promoted = await act(await newest("push"));
      expect(promoted.outputs).toMatchObject({ decision: "promoted", version: first.outputs["version"] });
      expect(await tags()).toEqual(["refs/tags/churn@v1"]);

      const second = await act(await stage.land(month(3)));
      expect(second.outputs).toMatchObject({ decision: "proposed", "pull-request-number": "2" });
      const verified = await act(await newest("pull_request", "opened"));
      expect(verified).toMatchObject({ exitCode: 0, outputs: { decision: "valid", models: '["churn"]' } });

      await hub.person.merge(2);
      await act(await newest("push"));
      expect(await tags()).toEqual(["refs/tags/churn@v1", "refs/tags/churn@v2"]);

      const revert = await hub.person.revert(2);
      expect((await act(await newest("pull_request", "opened"))).outputs).toMatchObject({ decision: "rollback" });
      await hub.person.merge(revert);
      stage.writes();
      const rolledBack = await act(await newest("push"));
      expect(rolledBack).toMatchObject({ exitCode: 0, outputs: { decision: "rollback" } });
      expect(rolledBack.summary).toContain("live again after a rollback");
      expect(await tags()).toEqual(["refs/tags/churn@v1", "refs/tags/churn@v2"]);

      const quiet = await act(schedule);
      expect(quiet).toMatchObject({ exitCode: 0, outputs: { decision: "suppressed", "pull-request-number": "" } });
      expect(hub.rows.issues).toHaveLength(3);
      expect(hub.unknownRoutes).toEqual([]);
    },
  );
});
