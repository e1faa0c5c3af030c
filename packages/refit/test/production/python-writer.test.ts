import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { predictionLine } from "@refit/core/production";

const examples = path.resolve(import.meta.dirname, "../../../../examples/python");
const hasPython = spawnSync("python3", ["--version"]).status === 0;

const program = `
import sys
from refit_log import PredictionLog
log = PredictionLog(sys.argv[1], "team/churn", "0" * 40, salt="s3", share=0.3)
for i in range(40):
    other = {"version": "1" * 40, "prediction": {"class": False, "probabilities": [0.75, 0.25]}, "microseconds": 9}
    both = {"arm": "canary", "other": other} if i == 8 else {}
    log.note(f"id-{i}", {"speed": 1.5, "size": None}, {"class": True, "probabilities": [0.25, 0.75]}, 12, key=["c17"], **both)
`;

it.skipIf(!hasPython)(
  "the Python writer writes lines of the schema, the same sample and the same keys as the server",
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "refit-log-"));
    onTestFinished(async () => rm(folder, { recursive: true, force: true }));

    const { status, stderr } = spawnSync("python3", ["-c", program, folder], {
      cwd: examples,
      encoding: "utf8",
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
    });

    expect(stderr).toBe("");
    expect(status).toBe(0);
    const names = await readdir(path.join(folder, "team--churn"));
    expect(names.every((name) => /^\d{4}-\d\d-\d\dT\d\dZ-[0-9a-f]{8}\.jsonl$/.test(name))).toBe(true);
    const texts = await Promise.all(
      names.map(async (name) => readFile(path.join(folder, "team--churn", name), "utf8")),
    );
    const lines = texts
      .join("")
      .trimEnd()
      .split("\n")
      .map((text) => predictionLine.strict().parse(JSON.parse(text)));
    // As `hashedShare` and `hashedKey` of @refit/serve have them; their own test has the same figures.
    expect(lines.map(({ id }) => id)).toEqual([
      "id-8",
      "id-9",
      "id-10",
      "id-11",
      "id-18",
      "id-19",
      "id-23",
      "id-27",
      "id-30",
      "id-32",
      "id-33",
      "id-37",
      "id-39",
    ]);
    expect(lines.map(({ arm, other }) => arm && [arm, other?.version])).toEqual([
      ["canary", "1".repeat(40)],
      ...Array<undefined>(12).fill(undefined),
    ]);
    expect(new Set(lines.map(({ key }) => key))).toEqual(
      new Set(["65bd42b9955a9442821191a8b4c814d800302ef46548b4c53db1e481dc7f4afb"]),
    );
  },
);
