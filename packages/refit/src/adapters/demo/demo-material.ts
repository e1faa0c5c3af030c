import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { DemoMaterial } from "../../ports/demo-stage.ts";

/** What `build.mjs` writes beside the bundle. */
export const packedDemo = new URL("../demo/", import.meta.url);

/** @param folder with what `packages/refit/demo-files.mjs` lists. */
export async function demoMaterial(folder: URL): Promise<DemoMaterial> {
  const [manifest, spec, packed] = await Promise.all([
    readFile(new URL("data-manifest.yaml", folder), "utf8"),
    readFile(new URL("model.yaml", folder), "utf8"),
    readFile(new URL("birdstrikes.csv.gz", folder)),
  ]);
  const csv = await promisify(gunzip)(packed);
  return { manifest, spec, years: reportsByYear(csv.toString()) };
}

/** No cell of these reports has a line break in it. */
function reportsByYear(csv: string): ReadonlyMap<number, string> {
  const [header, ...rows] = csv.trimEnd().split("\n");
  const years = new Map<number, string[]>();
  for (const row of rows) {
    const year = Number(/,(\d{4})-\d{2}-\d{2},/.exec(row)![1]);
    years.set(year, [...(years.get(year) ?? []), row]);
  }
  return new Map(
    [...years].toSorted(([a], [b]) => a - b).map(([year, lines]) => [year, `${[header, ...lines].join("\n")}\n`]),
  );
}
