import { symlink } from "node:fs/promises";
import path from "node:path";
import { createRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { generator } from "./support/churn.ts";
import { openScene, type Scene } from "./support/scene.ts";

interface Dataset {
  readonly file: string;
  readonly model: string;
  readonly task: string;
  readonly target: string;
  readonly time?: string;
  /** Text of so many rows, from a first one on: the second call brings newer rows. */
  readonly text: (rows: number, first: number) => string;
}

const day = (row: number) => new Date(Date.UTC(2025, 0, 1) + row * 7_200_000);

/** Applicants of a made-up bank: 40 columns with gaps, semicolons, decimal points, German dates, text answers. */
function applicants(rows: number, first: number): string {
  const random = generator(first + 11);
  const extras = Array.from({ length: 30 }, (_, i) => `Merkmal ${i}`);
  const lines = [`Antrag;Datum;Region;Einkommen;Alter;"Wohnt; seit";Kunde;${extras.join(";")};Zahlt zurück`];
  for (let row = first; row < first + rows; row++) {
    const income = 1200 + Math.floor(random() * 4000);
    const since = Math.floor(random() * 20);
    const cells = [
      `A-${row}`,
      day(row).toISOString().slice(0, 10).split("-").toReversed().join("."),
      ["Nord", "Süd", "Ost", '"West; oder so"'][Math.floor(random() * 4)],
      random() < 0.1 ? "" : `${income}.50`,
      18 + Math.floor(random() * 60),
      since,
      random() < 0.5 ? "ja" : "nein",
      ...extras.map((_, i) =>
        random() < 0.2 ? "" : i % 2 === 0 ? (random() * i).toFixed(3) : `k${Math.floor(random() * 5)}`,
      ),
    ];
    const pays = random() < 1 / (1 + Math.exp(-(income - 3000) / 500 - (since - 10) / 5));
    lines.push(`${cells.join(";")};${pays ? "yes" : "no"}`);
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** Soil probes: the kind of soil by chemistry; text classes, no date. */
function soils(rows: number, first: number): string {
  const random = generator(first + 5);
  const metals = ["fe", "cu", "zn", "mn", "pb", "ni", "cd", "hg", "as", "cr", "co", "mo"];
  const lines = [["probe", "ph", "depth", "wet", ...metals.map((m) => `${m} (mg/kg)`), "soil"].join(",")];
  for (let row = first; row < first + rows; row++) {
    const kind = Math.floor(random() * 4);
    const cells = [
      row,
      (4 + kind + 4 * random()).toFixed(2),
      random() < 0.3 ? "NA" : Math.floor(random() * 200),
      random() < 0.5,
      ...metals.map((_, i) => (random() * (i + 1) * (1 + kind)).toExponential(3)),
    ];
    lines.push(`${cells.join(",")},${["clay", "loam, sandy", "peat", "sand"][kind]!.replace(/^.*,.*$/, '"$&"')}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Bike rentals by the hour, in tabs. */
function rentals(rows: number, first: number): string {
  const random = generator(first + 3);
  const lines = ["at\tweather\ttemperature\twind\tholiday\tstation\trented"];
  for (let row = first; row < first + rows; row++) {
    const at = day(row);
    const temperature = -5 + random() * 35;
    const weather = ["sun", "cloud", "rain", ""][Math.floor(random() * 4)]!;
    const rented = Math.round(
      20 + temperature * 3 - (weather === "rain" ? 30 : 0) + at.getUTCHours() * 2 + random() * 20,
    );
    const cells = [
      at.toISOString(),
      weather,
      temperature.toFixed(1),
      (random() * 40).toFixed(0),
      random() < 0.03,
      `s${row % 9}`,
    ];
    lines.push(`${cells.join("\t")}\t${Math.max(0, rented)}`);
  }
  return `${lines.join("\n")}\n`;
}

const datasets: Dataset[] = [
  {
    file: "data/Kredit Anträge.csv",
    model: "kredit-antrage",
    task: "binary",
    target: "Zahlt zurück",
    time: "Datum",
    text: applicants,
  },
  { file: "data/soils.csv", model: "soils", task: "multiclass", target: "soil", text: soils },
  { file: "rentals.tsv", model: "rentals", task: "regression", target: "rented", time: "at", text: rentals },
];

async function decisionOf(scene: Scene): Promise<string> {
  const { stdout } = await scene.refit("run", [], { json: true });
  return (JSON.parse(stdout) as [{ decision: string }])[0].decision;
}

describe("a newcomer's own data", () => {
  it.each(datasets)("$task: $file, by what init wrote and nothing else", { timeout: 120_000 }, async (dataset) => {
    const { file, model, task, target, time, text } = dataset;
    const repository = await createRepository();
    onTestFinished(() => repository.dispose());
    const scene = await openScene(repository);
    await scene.write(file, text(900, 0));

    const told = await scene.refit("init", [], { data: file, target, ...(time === undefined ? {} : { time }) });
    await scene.land({}, "Add a model");
    expect(told.stdout).toContain(`The task is ${task}`);

    const { stdout } = await scene.refit("run");
    expect(stdout).toContain(`${model}: proposed`);
    await scene.merge("squash", `refit--${model}`);
    expect(await decisionOf(scene)).toBe("skipped");

    scene.at("2026-06-09T00:00:00Z");
    await scene.land({ [file]: text(900, 0) + text(450, 900).replace(/^[^\n]*\n/, "") });
    expect(await decisionOf(scene)).toMatch(/proposed|inconclusive/);
    await scene.merge("squash", `refit--${model}`);

    await scene.refit("rollback", [model]);
    await scene.merge("rebase", `refit-rollback--${model}`);
    const log = await scene.refit("log", [model]);
    expect(log.stdout).toMatch(/^v1 .* promotion .*\nv2 .* promotion .*\nv1 .* rollback, champion /m);
    expect(await decisionOf(scene)).toBe("suppressed");
  });

  it("and what a person has changed since is not overwritten, whatever else init would write", async () => {
    const repository = await createRepository();
    onTestFinished(() => repository.dispose());
    const scene = await openScene(repository);
    const flags = { example: true, github: true, action: "acme/refit@v1" };
    const spec = "models/subscriptions/model.yaml";
    const workflow = ".github/workflows/refit.yml";
    const first = await scene.refit("init", [], flags);
    expect(first.stdout).toMatch(/^Whoever can move v1 in acme\/refit .* pin the action to a commit/m);

    const again = await scene.refit("init", [], flags);
    expect(again.stdout).toContain(`unchanged: ${spec}`);
    expect(again.stdout).not.toMatch(/^(?:wrote|changed)/m);

    await scene.land({
      [spec]: "# mine",
      "data/subscriptions.csv": "mine",
      [workflow]: "mine",
      ".gitattributes": "x y",
    });
    const before = await scene.git("rev-parse", "HEAD^{tree}");
    const wanted =
      /^No file was written:\n  - ".github.workflows.refit.yml" exists, .*\n  - "data.subs.*\n  - "models.subs/;
    for (const more of [{}, { "dry-run": true }, { overwrite: [workflow] }]) {
      const refused = scene.refit("init", [], { ...flags, ...more });
      await expect(refused).rejects.toMatchObject({
        code: "files-in-the-way",
        message: expect.stringMatching("overwrite" in more ? /written:\n  - "data/ : wanted) as string,
      });
    }
    await scene.land();
    expect(await scene.git("rev-parse", "HEAD^{tree}")).toBe(before);

    const told = await scene.refit("init", [], {
      ...flags,
      overwrite: [spec, "data/subscriptions.csv", `./${workflow}`],
    });
    expect(told.stdout).toContain(`changed ${spec}`);
    await scene.land();
    expect(await scene.git("show", "HEAD:.gitattributes")).toMatch(/^x y\nmodels/);
  });

  it("is written nowhere by --dry-run, which makes no data to look at either", async () => {
    const repository = await createRepository();
    onTestFinished(() => repository.dispose());
    const scene = await openScene(repository);

    const { stdout } = await scene.refit("init", [], { example: true, "dry-run": true });

    expect(stdout).toContain("# models/subscriptions/model.yaml");
    expect(await scene.git("status", "--porcelain")).toBe("");
  });

  it("says which files a plain `git add` would leave out", async () => {
    const repository = await createRepository();
    onTestFinished(() => repository.dispose());
    const scene = await openScene(repository);
    await scene.write(".gitignore", "data/\nmodels/*\n!models/kept\n");
    const example = () => scene.refit("init", [], { example: true });

    const { stdout, notices } = await example();

    expect(notices).toEqual([
      "git ignores data/subscriptions.csv (`data/` in .gitignore, line 1). refit and GitHub read it from a commit: change that rule, or add the file with `git add --force`.",
      "git ignores models/subscriptions/model.yaml (`models/*` in .gitignore, line 2). refit and GitHub read it from a commit: change that rule, or add the file with `git add --force`.",
    ]);
    expect(stdout).toContain("  git add -A && git commit");
    const named = { data: "data/subscriptions.csv", target: "cancelled", model: "kept" };
    expect((await scene.refit("init", [], named)).notices).toEqual([
      "git ignores data/subscriptions.csv (`data/` in .gitignore, line 1). refit reads it here; in a workflow, a step before refit has to bring it.",
    ]);
    await scene.git("sparse-checkout", "set", "--cone", "data");
    expect((await example()).stdout).toContain("  git add --sparse -A && git commit");
  });

  it("has a file that --overwrite names, or is told that it has not", async () => {
    const repository = await createRepository();
    onTestFinished(() => repository.dispose());
    const scene = await openScene(repository);

    await expect(scene.refit("init", [], { example: true, overwrite: ["models/other/model.yaml"] })).rejects.toThrow(
      "--overwrite models/other/model.yaml is not a file that would be written.",
    );
    expect(await scene.git("status", "--porcelain")).toBe("");
  });

  it.each([
    [
      "a target that is not there",
      { data: "a.csv", target: "gone" },
      /no column "gone" \(--target\)\. The columns are: "x"/,
    ],
    [
      "a target with a typo",
      { data: "a.csv", target: "hight" },
      /no column "hight" \(--target\)\. Did you mean "height"\?/,
    ],
    ["a time that is not there", { data: "a.csv", target: "x", time: "seem" }, /\(--time\)\. Did you mean "seen"\?/],
    [
      "a file that is not there",
      { data: "b.csv", target: "x" },
      /There is no b\.csv in .*; paths are relative to the current folder, or to that one/,
    ],
    [
      "a file of another kind",
      { data: "m.json", target: "x" },
      /m\.json cannot be read\. Its name ends in \.json; refit reads /,
    ],
    ["a sheet", { data: "m.xlsx", target: "x" }, /m\.xlsx cannot be read\. .* Save the sheet as CSV/],
    ["an archive", { data: "m.csv.zip", target: "x" }, /m\.csv\.zip cannot be read\. .* Unpack it first/],
    ["a text", { data: "m.txt", target: "x" }, /m\.txt cannot be read\. .* rename it to \.csv/],
    ["a name without an ending", { data: "m", target: "x" }, /m cannot be read\. Its name has no ending/],
    [
      "a link that a commit would keep",
      { data: "link.csv", target: "x" },
      /"link\.csv" is a symbolic link, which a commit keeps as a link; name what it leads to, "a\.csv"/,
    ],
    ["a file outside", { data: "../a.csv", target: "x" }, /outside the repository/],
    ["an empty file", { data: "empty.csv", target: "x" }, /"empty\.csv" is empty/],
    ["a time that is none", { data: "a.csv", target: "x", time: "height" }, /The date columns are: "seen"/],
  ])("%s is told, and nothing is written", async (_why, flags, message) => {
    const repository = await createRepository();
    onTestFinished(() => repository.dispose());
    const scene = await openScene(repository);
    const rows = "1,high,2026-01-31\n2,low,2026-02-01\n".repeat(20);
    const others = Object.fromEntries(["m.json", "m.xlsx", "m.csv.zip", "m.txt", "m"].map((name) => [name, "?"]));
    await scene.land({ "a.csv": `x,height,seen\n${rows}`, "empty.csv": "", ...others });
    if ("data" in flags && flags.data === "link.csv") await symlink("a.csv", path.join(scene.root, "link.csv"));
    const before = await scene.git("status", "--porcelain");

    await expect(scene.refit("init", [], flags)).rejects.toThrow(message);

    expect(await scene.git("status", "--porcelain")).toBe(before);
  });
});
