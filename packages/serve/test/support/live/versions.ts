import { fromMap, loadVersion, type InputRecord } from "@refit/runtime";
import { madeRecords } from "../../../../runtime/src/made-records.fixture.ts";
import { withLineage } from "../../../../runtime/src/made-version.fixture.ts";
import { made } from "../served.ts";
import type { Draw } from "./draw.ts";

export type Files = ReadonlyMap<string, Uint8Array>;

export interface KnownVersion {
  readonly files: Files;
  readonly treeId: string;
  /** Of `records`, as JSON, computed in this process. */
  readonly answers: string;
}

/** Rows as JSON can say them. */
export const records: readonly InputRecord[] = madeRecords(3, 5).map((record) =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      typeof value === "number" && !Number.isFinite(value) ? null : value,
    ]),
  ),
);

const kinds = [
  ["trees, binary", "gbdt"],
  ["linear, binary", "linear"],
  ["blend, binary", "auto"],
] as const;

/** Nine versions of a model of this name: three learners, each under three model cards. */
export async function versionsOf(model: string): Promise<readonly KnownVersion[]> {
  const versions: KnownVersion[] = [];
  for (const [kind, learner] of kinds) {
    const { files } = await made(kind);
    for (const card of ["one", "two", "three"]) {
      const readme = new TextEncoder().encode(`# ${model} ${card}\n`);
      const named = withLineage(new Map([...files, ["README.md", readme]]), learner, model);
      const { treeId, answers } = await (await loadVersion(fromMap(named))).predictMany(records);
      versions.push({ files: named, treeId, answers: JSON.stringify(answers) });
    }
  }
  return versions;
}

/** One bit of one file is another one, or the file is cut. */
export function damaged(files: Files, draw: Draw): Files {
  const names = [...files.keys()];
  const name = names[draw(names.length)]!;
  const bytes = Uint8Array.from(files.get(name)!);
  if (draw(2) === 0) return new Map([...files, [name, bytes.subarray(0, draw(bytes.length))]]);
  bytes[draw(bytes.length)]! ^= 1 << draw(8);
  return new Map([...files, [name, bytes]]);
}
