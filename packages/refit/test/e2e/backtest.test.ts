import { writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { createRepository, temporaryFolder } from "@refit/testkit";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { parquetOf } from "../../src/adapters/duckdb/open-files.fixture.ts";
import type { Ports } from "../../src/ports/index.ts";
import type { BacktestResult } from "@refit/core/backtest";
import { GitLockedError } from "@refit/core/errors";
import { program, programCandidate } from "./support/program.ts";
import { churnManifest, churnSpec } from "./support/churn.ts";
import { month, openScene, type Scene } from "./support/scene.ts";

const spec = {
  ...churnSpec,
  candidates: [{ learner: "linear" }],
  holdout: { days: 6, minRows: 50 },
  retrain: { ...churnSpec.retrain, minNewRows: 90 },
};
const months = { ...month(1), ...month(2) };
const dates = ["2026-01-25", "2026-02-01", "2026-02-08", "2026-02-15", "2026-02-22"];
const span = { from: dates[0]!, to: "2026-02-28", every: "7" };

async function sceneWith(
  data: Readonly<Record<string, unknown>>,
  adapt: (real: Ports) => Ports = (real) => real,
): Promise<Scene> {
  const repository = await createRepository({});
  onTestFinished(() => repository.dispose());
  const scene = await openScene(repository, { adapt, from: "2026-01-01T00:00:00Z", push: false });
  await scene.land({
    "models/churn/model.yaml": spec,
    "data-manifests/churn.yaml": churnManifest,
    ".gitattributes": "models/*/champion/** -text -merge\ndata/** -text\n",
    ...data,
  });
  return scene;
}

/** Rows up to an instant, as the feed would have written them. */
function until(data: Readonly<Record<string, string>>, instant: number): Record<string, string> {
  const cut = Object.entries(data).map(([file, text]) => {
    const [header, ...rows] = text.trimEnd().split("\n");
    return [file, [header, ...rows.filter((row) => Date.parse(row.split(",")[1]!) <= instant)]] as const;
  });
  return Object.fromEntries(
    cut.filter(([, lines]) => lines.length > 1).map(([file, lines]) => [file, `${lines.join("\n")}\n`]),
  );
}

/** What the command itself does, night by night, with a person who merges what says promote. */
async function byHand(): Promise<{ decision: string; version: string | null }[]> {
  const scene = await sceneWith({});
  const lived = [];
  for (const night of dates) {
    scene.at(`${night}T00:00:00Z`);
    await scene.land(until(months, Date.parse(night)));
    const { decision } = await scene.run();
    if (decision === "proposed" || decision === "updated") await scene.merge();
    const live = await scene.git("rev-parse", "--quiet", "--verify", "main:models/churn/champion").catch(() => null);
    lived.push({ decision, version: live });
  }
  return lived;
}

/** Labels of later rows are all the same. */
function turnedAfter(instant: string): Record<string, string> {
  const turned = (row: string) =>
    Date.parse(row.split(",")[1] ?? "") > Date.parse(instant) ? row.replace(/true$|false$/, "false") : row;
  return Object.fromEntries(
    Object.entries(months).map(([file, text]) => [file, text.split("\n").map(turned).join("\n")]),
  );
}

/** The rows of a CSV text as Parquet. */
async function parquetFile(text: string): Promise<Uint8Array> {
  const file = path.join(await temporaryFolder(), "rows.csv");
  await writeFile(file, text);
  return parquetOf(`SELECT * FROM read_csv('${file}')`);
}

const nightsUntil = (instant: string) => (lived: BacktestResult["nights"]) =>
  lived.filter(({ until: end }) => Date.parse(end) <= Date.parse(instant));

/** Ports whose process is killed at one of its next writes, or whose machine refuses that write. */
function mortal(death: Error = new Error("killed")) {
  let left = Infinity;
  const adapt = (real: Ports): Ports => ({
    ...real,
    files: {
      ...real.files,
      async write(...args) {
        if (left-- === 0) throw death;
        return real.files.write(...args);
      },
    },
  });
  return { adapt, killAtWrite: (write: number) => (left = write) };
}

async function replayed(scene: Scene, flags = {}): Promise<{ text: string; result: BacktestResult }> {
  const { stdout } = await scene.refit("backtest", ["churn"], { ...span, ...flags, json: true });
  return { text: stdout, result: JSON.parse(stdout) as BacktestResult };
}

describe("a policy with another program", () => {
  const poor = program["model/train.js"].replace('"complaints"', '"hours"');
  const predict = program["model/predict.js"].replace('"complaints"', '"hours"');
  const candidates = [{ ...programCandidate, code: [...programCandidate.code] }];
  const sceneWithPoor = async () => {
    const scene = await sceneWith({
      ...months,
      ...program,
      "model/train.js": poor,
      "model/predict.js": predict,
      "models/churn/model.yaml": { ...spec, candidates },
    });
    await writeFile(path.join(scene.root, ".git/policy.yaml"), JSON.stringify({ candidates: [...candidates, better] }));
    return { scene, policy: [path.join(scene.root, ".git/policy.yaml")] };
  };
  const code = ["better/train.js", "better/predict.js", "better/rows.js"];
  const argv = (file: string) => [process.execPath, file];
  const better = { ...programCandidate, train: argv(code[0]!), predict: argv(code[1]!), code };

  it(
    "is replayed with the files of the work tree, and not proposed before they are committed",
    { timeout: 600_000 },
    async () => {
      const { scene, policy } = await sceneWithPoor();
      for (const [file, text] of Object.entries(program)) await scene.write(file.replace("model/", "better/"), text);

      const given = { ...span, every: "14", policy, json: true, propose: true };
      const { stdout } = await scene.refit("backtest", ["churn"], given);

      const { proposal, ...result } = JSON.parse(stdout) as BacktestResult & { proposal: object };
      const rocAuc = (line: string) =>
        result.nights.map(({ lines }) => lines[line]?.metrics?.["rocAuc"] ?? 0).reduce((sum, each) => sum + each, 0);
      expect(result.nights[0]!.lines["policy-1"]).toMatchObject({ decision: "proposed" });
      expect(rocAuc("policy-1")).toBeGreaterThan(rocAuc("today") + 0.1);
      expect(proposal).toMatchObject({ proposed: false, why: "uncommitted" });
    },
  );

  it("is refused where a file is not there", async () => {
    const { scene, policy } = await sceneWithPoor();

    await expect(scene.refit("backtest", ["churn"], { ...span, policy })).rejects.toMatchObject({
      code: "command-failed",
      outcome: "code-missing",
      message: expect.stringContaining("needs better/train.js, which is not in the work tree"),
    });
  });
});

describe("refit backtest", () => {
  let whole: { text: string; result: BacktestResult };

  beforeAll(async () => {
    const repository = await createRepository({});
    const scene = await openScene(repository, { from: "2026-01-01T00:00:00Z", push: false });
    await scene.land({
      "models/churn/model.yaml": spec,
      "data-manifests/churn.yaml": churnManifest,
      ".gitattributes": "models/*/champion/** -text -merge\ndata/** -text\n",
      ...months,
    });
    whole = await replayed(scene);
    await repository.dispose();
  });

  it("ends every night as the command itself, with the same versions", async () => {
    const lived = await byHand();

    const { nights } = whole.result;
    expect(
      nights.map(({ lines }) => ({ decision: lines["today"]!.decision, version: lines["today"]!.version })),
    ).toEqual(lived);
    // Not for want of anything to compare.
    expect(new Set(lived.map(({ version }) => version)).size).toBeGreaterThanOrEqual(2);
    expect(new Set(lived.map(({ decision }) => decision))).toContain("skipped");
  });

  it("replays a model that a program trains, with the files of its program", async () => {
    const scene = await sceneWith({ ...months, ...program });
    await scene.land({ "models/churn/model.yaml": { ...spec, candidates: [programCandidate] } });

    const { result } = await replayed(scene, { from: dates[0]!, to: dates[2]! });

    expect(result.nights[0]!.lines["today"]).toMatchObject({ decision: "proposed", retrained: true });
  });

  it("knows nothing of rows that have not come", async () => {
    const { result } = await replayed(await sceneWith(turnedAfter("2026-02-15")));

    const before = nightsUntil("2026-02-15");
    expect(before(result.nights)).toEqual(before(whole.result.nights));
    expect(before(result.nights)).toHaveLength(3);
    expect(result.nights).not.toEqual(whole.result.nights);
  });

  it.each(["csv.gz", "parquet"])("sees in %s what it sees in CSV", async (ending) => {
    const files = await Promise.all(
      Object.entries(months).map(async ([file, text]) => {
        const bytes = ending === "parquet" ? await parquetFile(text) : gzipSync(text);
        return [file.replace(/csv$/, ending), bytes] as const;
      }),
    );
    const manifest = { ...churnManifest, sources: [{ path: `data/churn/*.${ending}` }] };
    const scene = await sceneWith({ "data-manifests/churn.yaml": manifest, ...Object.fromEntries(files) });

    const { result } = await replayed(scene);

    const todayOf = ({ nights }: BacktestResult) =>
      nights.map(({ rows, lines: { today } }) => [rows, today!.decision, today!.metrics?.rocAuc?.toFixed(3)]);
    expect(todayOf(result)).toEqual(todayOf(whole.result));
  });

  it.each([12, 40])("goes on where it was killed, with the same bytes (write %i)", async (write) => {
    const { adapt, killAtWrite } = mortal();
    killAtWrite(write);
    const scene = await sceneWith(months, adapt);

    await expect(replayed(scene)).rejects.toThrow("killed");
    killAtWrite(Infinity);
    const { text } = await replayed(scene);

    expect(text).toBe(whole.text);
  });

  it("takes what a machine refuses for no night of the policy", async () => {
    const { adapt, killAtWrite } = mortal(new GitLockedError("main.lock", 1000));
    const scene = await sceneWith(months, adapt);

    for (const write of [3, 6, 9, 12]) {
      killAtWrite(write);
      await expect(replayed(scene)).rejects.toThrow("main.lock");
    }
    killAtWrite(Infinity);

    expect((await replayed(scene)).text).toBe(whole.text);
  });

  it("trains once what several policies ask for", async () => {
    const scene = await sceneWith(months);
    await scene.write("weekly.yaml", JSON.stringify({ retrain: { maxAgeDays: 7, drift: false, cooldownHours: 0 } }));

    const policy = [`${scene.root}/weekly.yaml`];
    const { stdout, notices } = await scene.refit("backtest", ["churn"], { ...span, policy, json: true });

    const { chosenOn, chosen } = JSON.parse(stdout) as BacktestResult;
    expect(chosenOn.lines.map(({ id }) => id)).toEqual([
      "today",
      "policy-1",
      "never",
      "every-7",
      "every-14",
      "no-change",
    ]);
    expect(chosen).not.toBeNull();
    const [, made, asked] = /(\d+) of (\d+) trainings/.exec(notices.join(" "))!.map(Number) as [number, number, number];
    expect(made).toBeLessThan(asked / 2);
  });

  describe("--search", () => {
    const searching = { search: true };

    it("chooses without the last fifth, and when killed in both of its passes, too", async () => {
      const { result } = await replayed(await sceneWith(months), searching);
      const { adapt, killAtWrite } = mortal();
      const later = await sceneWith(turnedAfter("2026-02-22"), adapt);
      for (const write of [30, 90]) {
        killAtWrite(write);
        await expect(replayed(later, searching)).rejects.toThrow("killed");
      }
      killAtWrite(Infinity);
      const turned = await replayed(later, searching);

      const { search, chosen, chosenOn, changes } = result;
      expect(turned.result).toMatchObject({ search, chosen, chosenOn, changes });
      const before = nightsUntil("2026-02-22");
      expect(before(turned.result.nights)).toEqual(before(result.nights));
      expect(turned.result.nights).not.toEqual(result.nights);
      expect(search?.lines.length).toBeGreaterThan(2);
      expect(chosenOn.lines.filter(({ kind }) => kind === "policy").length).toBeGreaterThan(4);
    });

    it("ends with its budget, and says that it goes on", async () => {
      const { stdout } = await (
        await sceneWith(months)
      ).refit("backtest", ["churn"], {
        ...span,
        ...searching,
        "budget-minutes": "0",
      });

      expect(stdout).toContain("0 of ");
      expect(stdout).toContain("the same command goes on from there.");
    });
  });
});
