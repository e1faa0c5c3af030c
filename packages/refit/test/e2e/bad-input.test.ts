import { readdir, rm, symlink } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/products/outcome.ts";
import { reportText } from "./support/report-text.ts";
import { churnCsv, churnManifest, churnSpec, generator } from "./support/churn.ts";
import { stateOf } from "./support/refs.ts";
import { churnScene, month, openScene, type Scene } from "./support/scene.ts";

type Files = Readonly<Record<string, string | Uint8Array | object>>;

const header = "customer,day,plan,hours,complaints,left";
const february = "data/churn/2026-02.csv";
const good = month(2)[february]!;
const spec = (changes: object) => ({ "models/churn/model.yaml": { ...churnSpec, ...changes } });
const manifest = (changes: object) => ({ "data-manifests/churn.yaml": { ...churnManifest, ...changes } });
const prepare = (sql: string) => manifest({ prepare: sql });
/** Every row of both files with another text in one column. */
const column = (name: string, value: (old: string, row: number) => string) => {
  const at = header.split(",").indexOf(name);
  const change = (text: string) =>
    text
      .split("\n")
      .map((line, i) =>
        i === 0 || line === ""
          ? line
          : line
              .split(",")
              .with(at, value(line.split(",")[at]!, i))
              .join(","),
      )
      .join("\n");
  const [january] = Object.entries(month(1));
  return { [january![0]]: change(january![1]), [february]: change(good) };
};
const fields = (changes: Readonly<Record<string, object>>) =>
  churnManifest.schema.fields.map((field) => ({ ...field, ...changes[field.name] }));

/** What is left of a run that ended badly: refs but the ledger's, the work tree, and no half-written file. */
async function untouched(scene: Scene) {
  const { refs, workTree, worktrees } = await stateOf(scene.repository);
  return { refs: refs.filter((ref) => !ref.includes("refit-ledger")), workTree, worktrees };
}

/** Temporary files and folders that a run should have removed. */
async function leftovers(scene: Scene): Promise<string[]> {
  const names = await readdir(path.join(scene.root, ".git/refit"), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith(".tmp") || /^scratch./.test(name));
}

describe("bad input", () => {
  it.each<[why: string, files: Files, code: string]>([
    ["an empty file", { [february]: "" }, "empty-file"],
    ["a header and nothing else", { [february]: `${header}\n` }, "header-only"],
    ["ragged rows", { [february]: good.replace(/,true\n/, ",true,surplus\n") }, "ragged-row"],
    ["text in a number", { [february]: good.replace(/,(\d+\.\d),/, ",many,") }, "wrong-type"],
    ["a date that is none", { [february]: good.replace("2026-02-03", "2026-02-31") }, "wrong-type"],
    ["a column twice", { [february]: good.replace(header, "customer,day,plan,hours,hours,left") }, "duplicate-column"],
    ["a missing column", { [february]: good.replace(header, header.replace("hours", "minutes")) }, "missing-column"],
    ["no UTF-8", { [february]: Buffer.from(good.replaceAll("basic", "b\u00e4sic"), "latin1") }, "not-utf8"],
    ["NUL bytes in a number", { [february]: good.replace(/,(\d+\.\d),/, ",1\0,") }, "unreadable-file"],
    ["a value below its minimum", { [february]: good.replace(/,(\d+\.\d),/, ",-4.0,") }, "out-of-range"],
    ["an infinite number", { [february]: good.replace(/,(\d+\.\d),/, ",Infinity,") }, "non-finite"],
    ["a required value missing", { [february]: good.replace("2026-02-03", "") }, "required"],
    [
      "a column that is empty",
      { ...column("hours", () => ""), ...manifest({ checks: { maxNullRate: 0.5 } }) },
      "null-rate",
    ],
    ["five rows", { ...month(1, 3), ...month(2, 2) }, "too-few-rows"],
    ["a glob that finds nothing", manifest({ sources: [{ path: "data/chrun/*.csv" }] }), "no-files"],
    [
      "a Parquet file that is none",
      { "data/churn/x.parquet": "PAR1", ...manifest({ sources: [{ path: "data/churn/x.parquet" }] }) },
      "unreadable-file",
    ],
  ])("%s blocks, is told in an alert, and loses nothing: %#", async (_why, files, code) => {
    const scene = await churnScene();
    await scene.land(files);
    const before = await untouched(scene);

    const { exitCode, stdout } = await scene.refit("run", ["churn"], { json: true });

    const [outcome] = JSON.parse(stdout) as [Outcome];
    expect(outcome).toMatchObject({
      decision: "blocked",
      findings: expect.arrayContaining([expect.objectContaining({ code })]),
    });
    expect(exitCode).toBe(3);
    const alert = (await stateOf(scene.repository)).pages["alerts/churn.md"];
    expect(alert).toContain(code);
    expect(alert).not.toMatch(/&#(?!124;)|<code>/);
    expect(await untouched(scene)).toEqual(before);
    expect(await leftovers(scene)).toEqual([]);
  });

  it.each<[why: string, files: Files, code: string]>([
    ["an unknown target", spec({ target: "gone" }), "column-missing"],
    ["a target of one class", column("left", () => "true"), "single-class"],
    [
      "a target without any value",
      { ...column("left", () => ""), ...manifest({ schema: { fields: fields({ left: { constraints: {} } }) } }) },
      "too-few-rows",
    ],
    [
      "a target of text for a regression",
      spec({ task: "regression", target: "plan", metrics: { primary: "rmse" }, gates: [{ metric: "rmse", max: 1 }] }),
      "target-task",
    ],
    ["an unknown column in exclude", spec({ features: { exclude: ["custmer"] } }), "unknown-column"],
    [
      "nothing but constant features",
      { ...column("plan", () => "basic"), ...spec({ features: { include: ["plan"] } }) },
      "no-features",
    ],
    [
      "a time column with gaps",
      {
        ...column("day", (day, row) => (row % 9 === 0 ? "" : day)),
        ...manifest({ schema: { fields: fields({ day: { constraints: {} } }) } }),
      },
      "time-missing",
    ],
    ["a time column of text", spec({ time: "plan" }), "time-type"],
    ["a positive value that never occurs", spec({ positive: "yes" }), "unknown-positive"],
    ["a source path that climbs out", manifest({ sources: [{ path: "../secrets/*.csv" }] }), "spec-invalid"],
    ["an absolute source path", manifest({ sources: [{ path: "/etc/*.csv" }] }), "spec-invalid"],
    ["a manifest that is not there", spec({ data: "chrun" }), "manifest-missing"],
    ["a manifest name that climbs out", spec({ data: "../secrets" }), "spec-invalid"],
    ["unknown keys", { "models/churn/model.yaml": { ...churnSpec, retrian: {} } }, "spec-invalid"],
    ["YAML that is none", { "models/churn/model.yaml": "task: [binary\n" }, "spec-invalid"],
    ["no gate at all", spec({ gates: [] }), "spec-invalid"],
    ["SQL that does not parse", prepare("SELEC * FROM source"), "prepare-invalid"],
    ["SQL that is two statements", prepare("SELECT * FROM source; SELECT 1"), "prepare-invalid"],
    ["SQL that writes", prepare("COPY source TO 'stolen.csv'"), "prepare-invalid"],
    ["SQL that reads another file", prepare("SELECT * FROM read_csv('/etc/passwd')"), "prepare-invalid"],
    ["SQL that reads a file by name", prepare("SELECT * FROM 'README.md'"), "prepare-invalid"],
    ["SQL that asks the clock", prepare("SELECT *, now() AS at FROM source"), "prepare-invalid"],
    ["SQL that rolls dice", prepare("SELECT *, random() AS luck FROM source"), "prepare-invalid"],
    ["SQL that attaches a database", prepare("ATTACH 'x.db'"), "prepare-invalid"],
    ["SQL that drops the target", prepare('SELECT * EXCLUDE ("left") FROM source'), "column-missing"],
    ["SQL that gives no rows", prepare("SELECT * FROM source WHERE false"), "too-few-rows"],
    ["a learner that is not installed", spec({ candidates: [{ learner: "catboost" }] }), "spec-invalid"],
    ["a version over its size budget", spec({ maxModelMiB: 0.0001 }), "model-too-large"],
  ])("%s ends in a named error and loses nothing: %#", async (_why, files, code) => {
    const scene = await churnScene();
    await scene.land(files);
    const before = await stateOf(scene.repository);

    const error: unknown = await scene.run().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code, name: "RefitError" });
    expect(await stateOf(scene.repository)).toEqual(before);
    // What was read beside the bad file may still be on its way into the cache.
    await expect.poll(() => leftovers(scene), { timeout: 5000 }).toEqual([]);
  });

  it("a symbolic link out of the repository", async () => {
    const scene = await churnScene();
    await symlink("/etc/hostname", path.join(scene.root, "data/churn/link.csv"));
    await scene.land();
    const before = await stateOf(scene.repository);

    await expect(scene.run()).rejects.toMatchObject({ code: "source-outside" });
    expect(await stateOf(scene.repository)).toEqual(before);
  });

  it("a folder that is a symbolic link out of the repository", async () => {
    const scene = await churnScene();
    await symlink("/etc", path.join(scene.root, "data/elsewhere"));
    await scene.land({
      ...manifest({ sources: [{ path: "data/elsewhere/*.csv" }] }),
      ".gitignore": "data/elsewhere\n",
    });

    await expect(scene.run()).rejects.toMatchObject({ code: "source-outside" });
  });

  it("a file that vanishes between snapshot and training", async () => {
    const scene = await churnScene();
    await scene.land({
      ".gitignore": "data/more/\n",
      ...manifest({ sources: [{ path: "data/churn/*.csv" }, { path: "data/more/*.csv" }] }),
    });
    await scene.write("data/more/x.csv", churnCsv({ rows: 50, from: "2026-03-01", seed: 9 }));
    const before = await stateOf(scene.repository);
    let opened = 0;
    const vanishing = await openScene(scene.repository, {
      adapt: (ports) => ({
        ...ports,
        tables: {
          async open(request) {
            const table = await ports.tables.open(request);
            if (++opened === 1) await rm(path.join(scene.root, "data/more/x.csv"));
            return table;
          },
        },
      }),
    });

    await expect(vanishing.run()).rejects.toMatchObject({ code: "source-vanished" });
    expect(await stateOf(scene.repository)).toEqual(before);
    expect(await leftovers(scene)).toEqual([]);
  });

  it("five rows give no metric: trained, not promoted, told in an alert that stays", async () => {
    const scene = await churnScene();
    const alert = async () => (await stateOf(scene.repository)).pages["alerts/churn.md"];
    await scene.land({ ...month(1, 3), ...month(2, 2), ...manifest({ checks: { minRows: 1 } }) });
    const before = await untouched(scene);

    const { exitCode, stdout } = await scene.refit("run", ["churn"], { json: true });
    const again = await scene.run();

    expect(JSON.parse(stdout)).toMatchObject([
      { decision: "blocked", because: expect.arrayContaining([{ kind: "undefined-metric", metric: "rocAuc" }]) },
    ]);
    expect(exitCode).toBe(2);
    expect(again).toMatchObject({ decision: "skipped", heldBack: { kind: "nothing-due" } });
    const raised = await alert();
    expect(raised).toContain("rocAuc cannot be computed");
    expect(await untouched(scene)).toEqual(before);

    await scene.land(month(2));
    expect(await scene.run()).toMatchObject({ decision: "skipped", heldBack: { kind: "backoff" } });
    expect(await alert()).toContain("The inputs have changed since this was judged on 2026-06-01");
    await scene.land(month(2, 2));
    await scene.run();
    expect(await alert()).toBe(raised);
  });

  it("an alert closes with the first run on data that are fine", async () => {
    const scene = await churnScene();
    await scene.land({ [february]: "" });
    await scene.run();
    await scene.land({ [february]: good });

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "proposed" });
    expect((await stateOf(scene.repository)).pages).not.toHaveProperty(["alerts/churn.md"]);
  });

  it.each([
    ["the same source rows twice", (rows: string) => rows],
    ["the same features under other keys", (rows: string) => rows.replaceAll(/^[^,]+/gm, "other")],
    ["the same rows under the same keys", (rows: string) => rows],
  ])("%s, in a hash split by the raw row or key", async (why, copy) => {
    const scene = await churnScene();
    const rows = good.slice(header.length + 1);
    await scene.land({
      ...spec({ time: undefined, ...(why.includes("keys") ? { key: "customer" } : {}) }),
      [february]: `${header}\n${rows}${copy(rows)}`,
    });

    const outcome = await scene.run();

    // Equal raw rows have one place in the split; equal features of other customers are natural: told, never blocked.
    expect(outcome).toMatchObject({ decision: expect.stringMatching(/proposed|inconclusive/) });
    if (why.includes("other keys")) expect(reportText(outcome)).toContain("duplicate-features");
    if (why.includes("same keys"))
      expect(reportText(outcome)).toMatch(
        /key-repeated.*Of the rows with the same key .* only the newest counts.* 300 rows are exact copies/,
      );
  });

  it("the same key on both sides of a split by time blocks", async () => {
    const scene = await churnScene();
    await scene.land({ ...spec({ key: "customer" }), ...column("customer", (_old, row) => `c${row}`) });

    const outcome = await scene.run();

    expect(outcome).toMatchObject({ decision: "blocked", because: [{ kind: "finding" }] });
    const alert = (await stateOf(scene.repository)).pages["alerts/churn.md"];
    expect(alert).toContain("must not be promoted");
    expect(alert).not.toMatch(/&#(?!124;)|<code>/);
  });

  it("1,000 columns are no problem", { timeout: 300_000 }, async () => {
    const scene = await churnScene();
    const random = generator(1);
    const names = Array.from({ length: 1000 }, (_, i) => `c${i}`);
    const lines = Array.from({ length: 300 }, () => {
      const answer = random() < 0.5;
      const told = (i: number) => (answer && i % 100 === 0 ? 4 : 0);
      return [answer, ...names.map((_, i) => (random() * 10 + told(i)).toFixed(2))].join(",");
    });
    await scene.land({
      "data/wide/a.csv": `answer,${names.join(",")}\n${lines.join("\n")}\n`,
      ...manifest({ sources: [{ path: "data/wide/*.csv" }], schema: undefined, checks: {} }),
      ...spec({
        target: "answer",
        time: undefined,
        features: {},
        slices: [],
        candidates: [{ learner: "linear" }],
        gates: [{ metric: "rocAuc", min: 0 }],
      }),
    });

    expect(await scene.run()).toMatchObject({ decision: expect.stringMatching(/proposed|inconclusive/) });
  });
});
