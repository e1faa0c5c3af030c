import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { createRepository } from "@refit/testkit";
import { describe, expect, it, onTestFinished } from "vitest";
import { generator } from "./support/churn.ts";
import { openScene, type Scene } from "./support/scene.ts";

const execute = promisify(execFile);
const hasPython = await execute("python", ["--version"]).then(
  () => true,
  () => false,
);

/** Texts that praise or complain, one file each, and a table that names them. */
async function letters({ folder, label, table }: { folder: string; label: (i: number) => string; table: string }) {
  const repository = await createRepository({ remote: false });
  onTestFinished(() => repository.dispose());
  const scene = await openScene(repository);
  await mkdir(path.join(scene.root, folder), { recursive: true });
  const random = generator(7);
  const lines = ["letter,pages,pleased"];
  for (let i = 0; i < 200; i++) {
    const pleased = random() < 0.5;
    const words = Array.from({ length: 9 }, () => (random() < (pleased ? 0.6 : 0.4) ? "good" : "bad"));
    await writeFile(path.join(scene.root, folder, `${i}.txt`), words.join(" "));
    lines.push(`${label(i)},${1 + Math.floor(random() * 3)},${pleased ? "yes" : "no"}`);
  }
  await scene.write(table, `${lines.join("\n")}\n`);
  return scene;
}

const manifestOf = (scene: Scene) => scene.git("show", "main:data-manifests/mood.yaml");

/** Counts words, with what comes with Python. */
const program = `import csv, json, math, os
job = json.load(open(os.environ["REFIT_JOB"]))
def share(path):
    words = open(path).read().split()
    return words.count("good") / len(words)
if job["step"] == "train":
    rows = list(csv.DictReader(open(job["train"], newline="")))
    middle = sum(share(row["letter"]) for row in rows) / len(rows)
    json.dump(middle, open(job["model"] + "/middle.json", "w"))
else:
    middle = json.load(open(job["model"] + "/middle.json"))
    rows = csv.DictReader(open(job["rows"], newline=""))
    answers = [1 / (1 + math.exp(4 * (middle - share(row["letter"])))) for row in rows]
    open(job["predictions"], "w").write("\\n".join(["prediction", *map(str, answers)]) + "\\n")
`;

describe("a newcomer's folder of texts", () => {
  it.skipIf(!hasPython)("is learned from by a program of theirs, by what init wrote and nothing else", async () => {
    const scene = await letters({ folder: "data/letters", label: (i) => `letters/${i}.txt`, table: "data/mood.csv" });
    await scene.write("train.py", program);

    const flags = { data: "data/mood.csv", target: "pleased", learner: "command", python: "train.py" };
    const told = await scene.refit("init", [], flags);
    await scene.land();
    const { stdout } = await scene.refit("run");

    expect(told.stdout).toContain('All 200 values of "letter" name files, such as "letters/0.txt".');
    expect(await manifestOf(scene)).toMatch(/\{ name: letter, type: file \}[^]*primaryKey: letter/);
    expect(stdout).toContain("mood: proposed");
  });

  it("is left out of what cannot read it, which is said, wherever the folder lies", async () => {
    const scene = await letters({ folder: "scans/2026", label: (i) => `${i}.txt`, table: "tables/mood.csv" });

    const { stdout } = await scene.refit("init", [], { data: "tables/mood.csv", target: "pleased" });
    await scene.land();

    expect(await manifestOf(scene)).toContain('{ name: letter, type: file, folder: "scans/2026" }');
    expect(await scene.git("show", "main:models/mood/model.yaml")).toContain("exclude: [letter]");
    expect(await scene.git("show", "main:.gitattributes")).toMatch(/^scans\/2026\/\*\* -text$/m);
    expect(stdout).toContain('Trees and linear models cannot read files, so "letter" is left out');
  });

  it("is refused without a program where nothing else is there to learn from, with what to add", async () => {
    const scene = await letters({ folder: "data", label: (i) => `data/${i}.txt`, table: "data/mood.csv" });
    const text = await readFile(path.join(scene.root, "data/mood.csv"), "utf8");
    await scene.write("data/mood.csv", text.replace(/,\d,/g, ",").replace("pages,", ""));

    await expect(scene.refit("init", [], { data: "data/mood.csv", target: "pleased" })).rejects.toThrow(
      '"letter" holds files, which trees and linear models cannot read, and there is no other column to learn from. Your own program can: run init again with `--learner command --python train.py`.',
    );
    expect(await scene.git("status", "--porcelain", "models", "data-manifests")).toBe("");
  });
});
