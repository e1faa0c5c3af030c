import { temporaryFolder } from "@refit/testkit";
import { describe, expect, it } from "vitest";
import { churnManifest } from "./support/churn.ts";
import { refitProcess } from "./support/cli.ts";
import { stateOf } from "./support/refs.ts";
import { churnScene, type Scene } from "./support/scene.ts";

const now = ["--now", "2026-06-01T00:00:00Z"];

describe("the built command", () => {
  it("runs, is merged, and has nothing to do", async () => {
    const scene = await churnScene();

    const first = await refitProcess(scene.repository, ["run", ...now]);
    await scene.merge("squash");
    const second = await refitProcess(scene.repository, ["run", "--json", ...now]);
    const log = await refitProcess(scene.repository, ["log", "churn"]);

    expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("churn: proposed") });
    expect(JSON.parse(second.stdout)).toMatchObject([{ decision: "skipped", heldBack: { kind: "unchanged" } }]);
    expect(log.stdout).toMatch(/^v1 +2026-06-01 .* promotion, champion /m);
  });

  it("prints the schema of what a command answers by the command too", async () => {
    const of = async (name: string) => (await refitProcess({ root: "/", env: {} }, ["schema", name])).stdout;

    expect(JSON.parse(await of("show"))).toMatchObject({ title: "refit show --json" });
    expect(await of("show")).toBe(await of("shown-version"));
  });

  it("explains its words outside of a repository, and names those that are alike", async () => {
    const scene = { root: "/", env: {} };
    const [known, unknown] = await Promise.all([
      refitProcess(scene, ["explain", "shallow-clone"]),
      refitProcess(scene, ["explain", "shalow-clone"]),
    ]);

    expect(known).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("fetch --unshallow") });
    expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('Did you mean "shallow-clone"?') });
  });

  it.each<[why: string, act: (scene: Scene) => Promise<string[]>, exitCode: number | null, told: RegExp]>([
    [
      "data that block",
      async (scene) => {
        await scene.land({ "data/churn/2026-02.csv": "" });
        return ["run", ...now];
      },
      3,
      /churn: blocked[^]*empty-file/,
    ],
    ["an unknown model", async () => ["run", "chrun"], 2, /error: [^]*Did you mean "churn"[^]*model-unknown\.md/],
    [
      "an unknown option",
      async () => ["run", "--forse"],
      2,
      /error: [^]*More: `refit explain usage`, or https:.*usage\.md/,
    ],
    [
      "an unknown schema",
      async () => ["schema", "statos"],
      2,
      /There is no schema "statos"\. Did you mean "status"\? The schemas are model, data-manifest, .*verify/,
    ],
    ["an unknown command", async () => ["runn"], 2, /Did you mean "run"/],
    [
      "a time before git's",
      async () => ["run", "--now", "1969-12-31"],
      2,
      /`--now 1969-12-31` is not a time since 1970/,
    ],
    ["a limit that there is none of", async () => ["run", "--limit", "memory=2GB"], 2, /memory=2GB is not NAME=NUMBER/],
    [
      "a limit of this run, whatever the manifest says",
      async (scene) => {
        const endless = "SELECT count(*) FROM range(100000000000) a, range(100000000000) b WHERE a.range % 7 = b.range";
        const prepare = `SELECT * FROM source WHERE (${endless}) > 0`;
        await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, prepare } });
        return ["run", "--limit", "prepareSeconds=0.5", "--limit", "memoryMiB=500"];
      },
      2,
      /did not end within 0\.5 seconds[^]*`--limit prepareSeconds=1`/,
    ],
    [
      "texts that DuckDB does not count",
      async (scene) => {
        const prepare = "SELECT * FROM source WHERE length(repeat(customer, 10000000)) > 0";
        await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, prepare } });
        return ["run", "--limit", "memoryMiB=64"];
      },
      null,
      /error: [^]*more than 64 MiB of memory[^]*data-limit\.md\n$/,
    ],
    [
      "a call that DuckDB does not interrupt",
      async (scene) => {
        const prepare = "SELECT * FROM source WHERE levenshtein(repeat('a', 60000), repeat(customer, 9000)) > 0";
        await scene.land({ "data-manifests/churn.yaml": { ...churnManifest, prepare } });
        return ["run", "--limit", "prepareSeconds=0.5"];
      },
      null,
      /error: `prepare` did not end within 0\.5 seconds[^]*data-limit\.md\n$/,
    ],
    ["a time that is none", async () => ["run", "--now", "soon"], 2, /`--now soon` is not an ISO 8601 time/],
    [
      "a spec with mistakes, all at once",
      async (scene) => {
        await scene.land({ "models/churn/model.yaml": "tusk: binary\ndata: churn\ntarget: 7\n" });
        return ["run"];
      },
      2,
      /model\.yaml:1:1: [^]*model\.yaml:3:9: /,
    ],
  ])("tells of %s and leaves no stack trace", async (_why, act, exitCode, told) => {
    const scene = await churnScene();
    const args = await act(scene);

    const ended = await refitProcess(scene.repository, args);

    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stdout + ended.stderr).toMatch(told);
    expect(ended.stdout + ended.stderr).not.toMatch(/\n {4}at |refit has a bug/);
  });

  it("gives errors as JSON where asked", async () => {
    const folder = await temporaryFolder();
    const scene = await churnScene();

    const { exitCode, stdout, stderr } = await refitProcess({ root: folder, env: scene.repository.env }, [
      "run",
      "--json",
    ]);

    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "not-a-repository" } });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "" });
  });

  it("leaves an open proposal of the same inputs as it is", async () => {
    const scene = await churnScene();
    await refitProcess(scene.repository, ["run", ...now]);
    const before = await stateOf(scene.repository);

    await refitProcess(scene.repository, ["run", "--now", "2026-06-05T00:00:00Z"]);

    expect(await stateOf(scene.repository)).toEqual(before);
  });
});
