import { describe, expect, it } from "vitest";
import type { Ports } from "../../src/ports/index.ts";
import type { PolicyProposal } from "../../src/runs/backtest/propose-policy.ts";
import { churnScene, openScene, type Scene } from "./support/scene.ts";
import { policySpan, poorSpec, writeRichPolicy } from "./support/policy.ts";

const branch = "refit-policy--churn";
const file = "models/churn/model.yaml";

async function poorScene(): Promise<Scene> {
  const scene = await churnScene();
  await scene.land({ [file]: poorSpec });
  await scene.run();
  await scene.merge();
  return scene;
}

async function proposed(scene: Scene, flags = {}): Promise<PolicyProposal> {
  const policy = [await writeRichPolicy(scene)];
  const { stdout } = await scene.refit("backtest", ["churn"], {
    ...policySpan,
    policy,
    propose: true,
    json: true,
    ...flags,
  });
  return (JSON.parse(stdout) as { proposal: PolicyProposal }).proposal;
}

const remoteHead = (scene: Scene) => scene.git("ls-remote", "origin", `refs/heads/${branch}`);

describe("backtest --propose", () => {
  it("changes the lines that it recommends, and nothing else, on a branch of its own", async () => {
    const scene = await poorScene();

    expect(await proposed(scene)).toMatchObject({ proposed: true, branch, operation: "created" });

    expect(await scene.git("diff", "--name-only", "main", branch)).toBe(file);
    const diff = (await scene.git("diff", "--unified=0", "main", branch)).split("\n");
    const lines = diff.filter((row) => /^[+-](?![+-])/.test(row));
    expect(lines).toEqual([
      "-features:",
      "-  include: [plan] # more would help",
      "+features: { exclude: [customer] } # more would help",
    ]);
    const trailers = await scene.git("log", "-1", "--format=%(trailers:only)", branch);
    expect(trailers).toMatch(/Refit-Model: churn\nRefit-Policy: [0-9a-f]{64}\nRefit-Replaces: nothing/);
    const head = (await remoteHead(scene)).split("\t")[0];
    expect(await scene.git("rev-parse", branch)).toBe(head);
    const pages = await scene.git("ls-tree", "-r", "--name-only", "refit-ledger", "reports/churn/");
    expect(pages).toMatch(/policy-[0-9a-f]{16}\/policies\.svg/);
  });

  it("is what it was when it is repeated, and is lines that have landed once it is merged", async () => {
    const scene = await poorScene();
    await proposed(scene);
    const head = await scene.git("rev-parse", branch);
    scene.at("2026-06-03T00:00:00Z");

    expect(await proposed(scene)).toMatchObject({ proposed: true, operation: "unchanged" });
    expect(await scene.git("rev-parse", branch)).toBe(head);
    await scene.merge("squash", branch);
    expect(await proposed(scene)).toMatchObject({ proposed: false, why: "keep" });
  });

  it("stays in this clone unless it is asked to publish", async () => {
    const scene = await poorScene();
    const here = await openScene(scene.repository, { from: scene.now(), push: false });

    const policy = [await writeRichPolicy(here)];
    const told = await here.refit("backtest", ["churn"], { ...policySpan, policy, propose: true });

    expect(told.stdout).toContain(`to accept: git merge ${branch}`);
    expect(told.notices).toContainEqual(expect.stringMatching(/^Nothing was pushed: .*`refit-policy--churn`/));
    expect(await remoteHead(scene)).toBe("");
  });

  it("does not come again once a person has deleted its branch, for the same lines", async () => {
    const scene = await poorScene();
    await proposed(scene);
    await scene.git("branch", "-D", branch);
    await scene.git("push", "--quiet", "origin", `:${branch}`);

    expect(await proposed(scene)).toMatchObject({ proposed: false, why: "declined" });
    expect(await remoteHead(scene)).toBe("");
    const other = "features: { exclude: [customer, plan] }\n";
    await scene.write(".git/other.yaml", other);
    expect(await proposed(scene, { policy: [`${scene.root}/.git/other.yaml`] })).toMatchObject({ proposed: true });
  });

  it("leaves a head that somebody else has pushed", async () => {
    const scene = await poorScene();
    await scene.git("switch", "--quiet", "--create", branch);
    await scene.repository.commit("Mine", { at: Date.parse(scene.now()) });
    await scene.git("push", "--quiet", "origin", branch);
    await scene.git("switch", "--quiet", "main");
    const head = await remoteHead(scene);

    const result = await proposed(scene).catch((error: unknown) => error);

    expect(result).toMatchObject({ code: "branch-held" });
    expect(await remoteHead(scene)).toBe(head);
  });

  it("is not there before all nights are replayed", async () => {
    const scene = await poorScene();

    expect(await proposed(scene, { "budget-minutes": "0" })).toMatchObject({ proposed: false, why: "unfinished" });
    expect(await remoteHead(scene)).toBe("");
  });

  it("is not there for a spec that has changed while its past was replayed", async () => {
    const scene = await poorScene();
    let hasLanded = false;
    const adapt = (real: Ports): Ports => ({
      ...real,
      replicas: {
        async open(...place) {
          if (!hasLanded) await scene.land({ [file]: `${poorSpec}# more\n` });
          hasLanded = true;
          return real.replicas.open(...place);
        },
      },
    });

    const busy = await openScene(scene.repository, { adapt, from: scene.now() });
    expect(await proposed(busy)).toMatchObject({ proposed: false, why: "moved" });
    expect(await remoteHead(scene)).toBe("");
  });

  it("meets verify as a change that lowers what it lowers", async () => {
    const scene = await poorScene();
    await scene.write(".git/lower.yaml", "features: { exclude: [customer] }\nholdout: { days: 6, minRows: 20 }\n");
    await proposed(scene, { policy: [`${scene.root}/.git/lower.yaml`] });
    const page = await scene
      .git("show", "refit-ledger:reports/churn/")
      .then((tree) => scene.git("show", `refit-ledger:reports/churn/${/policy-[0-9a-f]+/.exec(tree)![0]}/report.md`));

    await scene.git("switch", "--quiet", "--detach", branch);
    const { exitCode, stdout } = await scene.refit("verify", ["churn"]);

    expect(exitCode).toBe(0);
    expect(stdout).toContain("This change weakens the checks: `holdout.minRows`");
    expect(page).toContain("- It lowers a requirement: ");
  });
});
