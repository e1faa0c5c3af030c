import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { encodeText } from "../../text.ts";
import { startPython } from "./python-program.ts";
import { refitJob } from "./refit-job.ts";

/** A repository with these files. */
const filesOf = (texts: Readonly<Record<string, string>>) => ({
  read: async (file: string) => {
    const text = texts[file.slice("/repository/".length)];
    return text === undefined ? null : encodeText(text);
  },
});

const start = (texts: Readonly<Record<string, string>>, file = "train.py", files: readonly string[] = []) =>
  startPython(filesOf(texts), { root: "/repository", file, task: "binary", files }, "refit init");

it("writes what there is in examples/", () => {
  expect(refitJob).toBe(readFileSync(new URL("../../../../../examples/python/refit_job.py", import.meta.url), "utf8"));
});

it("writes programs beside the one that is named, which all of them run on", async () => {
  const { texts, candidate, notes } = await start({}, "ml/fit it.py");

  expect([...texts.keys()]).toEqual(["ml/fit it.py", "ml/predict.py", "ml/refit_job.py", "requirements.txt"]);
  expect(candidate.join("\n")).toContain('train: [python, "ml/fit it.py"]');
  expect(candidate.join("\n")).toContain('code: ["ml/fit it.py", ml/predict.py, ml/refit_job.py, requirements.txt]');
  expect(notes).toEqual([expect.stringMatching(/^Pin the versions/)]);
});

it("leaves files that are there as they are, and says what a program of the user's has to change", async () => {
  const { texts, notes } = await start({ "train.py": "import sklearn\n", "requirements.txt": "scikit-learn\n" });

  expect([...texts.keys()]).toEqual(["predict.py", "refit_job.py"]);
  expect(notes.join("\n")).toMatch(
    /train\.py was left as it is, and does not read its rows from refit yet\..*job\["train"\]/,
  );
  expect(notes.join("\n")).toMatch(/requirements\.txt was left as it is\. Add pandas and pyarrow, /);
});

it.each([
  ["pandas==3.1.1\n", /Add pyarrow, /],
  ["Pandas\nPyArrow>=20 # rows\n", null],
  ["pandas-stubs\n", /Add pandas and pyarrow, /],
])("names the packages that are missing in %j", async (requirements, note) => {
  const { notes } = await start({ "train.py": "import refit_job\n", "requirements.txt": requirements });

  const told = notes.filter((each) => each.startsWith("requirements.txt"));
  expect(told).toEqual(note === null ? [] : [expect.stringMatching(note)]);
});

it.each([
  ["import refit_job\n", true],
  ['import refit_job\nrows = refit_job.rows(job["validation"])\n', false],
])("asks for no validation rows of a program that looks at none", async (program, isLeftOut) => {
  const { candidate } = await start({ "train.py": program });

  expect(candidate.join("\n").includes("validation: false")).toBe(isLeftOut);
});

it("has nothing to say to a program that reads its job", async () => {
  const { notes } = await start({ "train.py": "import refit_job\n" });

  expect(notes).toHaveLength(1);
});

it("reads files as numbers, in a module of which it says that it is to be replaced", async () => {
  const { texts, candidate, notes } = await start({}, "ml/train.py", ["picture"]);

  expect([...texts.keys()]).toEqual([
    "ml/train.py",
    "ml/predict.py",
    "ml/refit_job.py",
    "ml/file_numbers.py",
    "requirements.txt",
  ]);
  expect(texts.get("ml/predict.py")).toContain("file_numbers.inputs(job, rows)");
  expect(candidate.join("\n")).toContain("ml/file_numbers.py, requirements.txt]");
  expect(candidate.join("\n")).not.toContain("gbdt");
  expect(notes[0]).toContain("replace `numbers` in it");
});

it("takes a program that reads CSV and writes predictions as it is, with nothing beside it", async () => {
  const program = 'import csv, json, os\njob = json.load(open(os.environ["REFIT_JOB"]))\nopen(job["predictions"])\n';

  const { texts, candidate, notes } = await start({ "train.py": program }, "train.py", ["picture"]);

  expect([...texts.keys()]).toEqual([]);
  expect(candidate).toEqual([
    expect.stringContaining("- learner: command"),
    "    train: [python, train.py]",
    "    predict: [python, train.py]",
    "    code: [train.py]",
    "    rows: csv # instead of Parquet, since the program reads CSV",
    expect.stringContaining("validation: false"),
    "    settings: {} # your own: the program finds them in its job",
  ]);
  expect(notes).toEqual([]);
});

it.each(["train.R", "predict.py", "refit_job.py", "file_numbers.py"])(
  "refuses %s for the program that trains",
  async (file) => {
    await expect(start({}, file)).rejects.toMatchObject({ code: "usage", message: expect.stringContaining(file) });
  },
);
