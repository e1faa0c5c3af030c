import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { applyFeatures, type Column } from "@refit/core/runtime";
import { toOnnx } from "@refit/tabular/onnx";
import { temporaryFolder } from "@refit/testkit";
import { pythonTool } from "@refit/testkit/python";
import { describe, expect, it } from "vitest";
import { useModel } from "../../src/runs/export/use-model.ts";
import { trained } from "./support/kinds.ts";
import { exportPackages } from "./support/packages.ts";
import { specOf } from "./support/records.ts";

const tool = await pythonTool("export", exportPackages);
const examples = fileURLToPath(new URL("../../../../examples/python", import.meta.url));
const python = (...args: string[]) => promisify(execFile)(tool.python!, args);

const records = [
  {
    v0: 1.5,
    ["__proto__"]: 3,
    "größe 🦊": 1e300,
    probability: "🦊",
    paid: true,
    at: "2024-02-29T23:30:00Z",
    on: "1969-12-31",
  },
  { v0: null, probability: "never seen", gaps: "", size: 7, member: false, at: "2024-03-01T00:30:00+01:00", on: null },
  {},
];
const at = [Date.UTC(2024, 1, 29, 23, 30), Date.UTC(2024, 1, 29, 23, 30), NaN];
/** The same, as refit reads them. */
const numbers: Record<string, number[]> = {
  v0: [1.5, NaN, NaN],
  ["__proto__"]: [3, NaN, NaN],
  "größe 🦊": [1e300, NaN, NaN],
  size: [NaN, 7, NaN],
  member: [NaN, 0, NaN],
  paid: [1, NaN, NaN],
  at,
  on: [-86_400_000, NaN, NaN],
};
const texts: Record<string, (string | null)[]> = {
  probability: ["🦊", "never seen", null],
  many: [null, null, null],
  gaps: [null, "", null],
};

function columnOf(name: string): Column {
  const type = specOf("binary").inputs.find((input) => input.name === name)!.type;
  const values = Object.getOwnPropertyDescriptor(numbers, name)?.value as number[] | undefined;
  if (values !== undefined) return { kind: "number", name, type, values: Float64Array.from(values) } as Column;
  const dictionary = texts[name]!.filter((text) => text !== null);
  const codes = Int32Array.from(texts[name]!, (text) => (text === null ? -1 : dictionary.indexOf(text)));
  return { kind: "text", name, type: "string", dictionary, codes };
}

describe.skipIf(tool.python === null)("examples/python/use_model.py", () => {
  it("answers for records as they come, as refit does", async () => {
    const { spec, learner, artifact, answers } = await trained("gbdt", "binary");
    const file = path.join(await temporaryFolder(), "model.onnx");
    await writeFile(file, toOnnx({ learner, artifact, features: spec, calledWith: "arrays", metadata: {} }).bytes);

    const script = fileURLToPath(new URL("loader.py", import.meta.url));
    const { stdout } = await python(script, examples, file, JSON.stringify(records));

    const matrix = await applyFeatures(spec, async (name) => columnOf(name), Uint32Array.of(0, 1, 2));
    expect(JSON.parse(stdout)).toEqual([[...answers(matrix)], ["no", "yes"]]);
  });

  it("has types that mypy finds no fault with", async () => {
    const cache = `--cache-dir=${await temporaryFolder()}`;
    const options = ["--strict", "--follow-imports=skip", "--ignore-missing-imports", cache];

    const { stdout } = await python("-m", "mypy", ...options, path.join(examples, "use_model.py"));

    expect(stdout).toContain("no issues found");
  });

  it("is what the docs show", async () => {
    const code = await readFile(path.join(examples, "use_model.py"), "utf8");
    const page = await readFile(new URL("../../../../docs/use-a-model-in-python.md", import.meta.url), "utf8");

    expect(page).toContain(`\`\`\`python\n${code}\`\`\`\n`);
    expect(useModel).toBe(code);
  });
});
