import type { FeatureSpec } from "@refit/core/data";
import type { ArtifactFiles } from "@refit/core/runtime";
import { decodeText } from "../../../text.ts";

/** Codes before those of the levels: missing, and other. */
const firstLevel = 2;

interface StoredWeight {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * A network of refit's layers with its embeddings in the order that the categories have now: levels are ordered by how frequent they are, so
 * the same ones may have other places in newer rows.
 *
 * @param was the features of the network. @param is those of the rows; the same levels, in any order.
 */
export function arrangeNetwork(
  files: ArtifactFiles,
  was: FeatureSpec["features"],
  is: FeatureSpec["features"],
): ArtifactFiles {
  const moves = new Map<string, readonly number[]>(
    is
      .filter((feature) => feature.kind === "categorical")
      .map(({ name, levels }, i) => {
        const before = was.find((each) => each.name === name);
        const places = before?.kind === "categorical" ? levels.map((level) => before.levels.indexOf(level)) : [];
        return [`embedding${i}/embeddings`, places] as const;
      }),
  );
  if ([...moves.values()].every((places) => places.every((place, i) => place === i))) return files;
  const { weights } = JSON.parse(decodeText(files.get("model.json")!)) as { readonly weights: readonly StoredWeight[] };
  const before = files.get("weights.bin")!;
  const after = before.slice();
  let start = 0;
  for (const { name, shape } of weights) {
    const places = moves.get(name);
    const width = 4 * (shape[1] ?? 0);
    const rowAt = (row: number) => start + (row + firstLevel) * width;
    for (const [row, place] of (places ?? []).entries())
      after.set(before.subarray(rowAt(place), rowAt(place + 1)), rowAt(row));
    start += 4 * shape.reduce((product, size) => product * size, 1);
  }
  return new Map([...files, ["weights.bin", after]]);
}
