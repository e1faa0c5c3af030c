import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { fromMap, loadVersion } from "../src/index.ts";
import { madeRecords } from "../src/made-records.fixture.ts";
import { madeKinds, madeVersion, type MadeVersion } from "../src/made-version.fixture.ts";
import { bundleFor, type Bundled } from "./support/bundle.ts";

/** Rows that are answered together, and of these one by one. */
const [rows, alone] = [2000, 100];
const seed = 2026;

/** Answers are compared as text, of a number each bit. */
const program = `
import { loadVersion, fromMap } from "./index.ts";
import { madeRecords } from "./made-records.fixture.ts";
const hex = (values) => Array.from(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), (byte) => byte.toString(16).padStart(2, "0")).join("");
export async function answer(read) {
  const version = await loadVersion(read);
  const records = madeRecords(${rows}, ${seed});
  const { values } = await version.predictMany(records);
  const typed = [];
  for (const record of records.slice(0, ${alone})) typed.push(await version.predict(record));
  return { treeId: version.treeId, values: hex(values), typed };
}
export { fromMap };
`;

const kinds = Object.keys(madeKinds);
let versions: MadeVersion[];
let bundled: Bundled;
beforeAll(async () => {
  versions = [];
  for (const kind of kinds) versions.push(await madeVersion(madeKinds[kind]!));
  bundled = await bundleFor("browser", program, "iife");
});

/** What differs, in few words: whole answers would fill the screen. */
function differences(found: unknown, expected: readonly Said[]): string[] {
  const all = found as readonly Said[] | string;
  if (typeof all === "string") return [all];
  return expected.flatMap(({ treeId, values, typed }, i) => {
    const other = all[i]!;
    const numbers = (text: string) => new Float64Array(Uint8Array.from(Buffer.from(text, "hex")).buffer);
    const [ours, theirs] = [numbers(values), numbers(other.values)];
    const unequal = [...ours.keys()].filter((row) => !Object.is(ours[row], theirs[row]));
    const words = [
      ...(unequal.length > 0
        ? [`${unequal.length} of ${ours.length} values: ${ours[unequal[0]!]} is ${theirs[unequal[0]!]}`]
        : []),
      ...(treeId === other.treeId ? [] : [`tree id ${other.treeId}`]),
      ...(JSON.stringify(typed) === JSON.stringify(other.typed) ? [] : ["typed answers"]),
    ];
    return words.map((word) => `${kinds[i]}: ${word}`);
  });
}

interface Said {
  readonly treeId: string;
  readonly values: string;
  readonly typed: unknown;
}

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

async function expectedOf({ files, answers }: MadeVersion): Promise<Said> {
  const records = madeRecords(rows, seed);
  const version = await loadVersion(fromMap(files));
  const typed = await Promise.all(records.slice(0, alone).map((record) => version.predict(record)));
  const values = Buffer.from((await answers(records)).buffer).toString("hex");
  return { treeId: version.treeId, values, typed: asJson(typed) };
}

interface Program {
  answer(read: unknown): Promise<unknown>;
  fromMap(files: ReadonlyMap<string, Uint8Array>): unknown;
}

describe("minified", () => {
  it("answers with nothing but what the web has, and compiles neither text nor WebAssembly, as in a worker", async () => {
    const globals = { crypto, TextDecoder, TextEncoder, Uint8Array };
    const forbidden = { strings: false, wasm: false };
    const { answer, fromMap: mapped } = runInNewContext(`${bundled.text};bundled`, globals, {
      contextCodeGeneration: forbidden,
    }) as Program;

    const found = await Promise.all(versions.map(({ files }) => answer(mapped(files))));

    expect(differences(asJson(found), await Promise.all(versions.map(expectedOf)))).toEqual([]);
  });
});
