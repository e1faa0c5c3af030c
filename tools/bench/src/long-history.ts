import { createHash } from "node:crypto";
import { importedCommit, treeIdOf } from "./git-objects.ts";

export const championFolder = "models/bench/champion";

/** Texts of a version, by path in it. */
export type VersionFiles = (version: number) => readonly (readonly [file: string, text: string])[];

/**
 * A stream for `git fast-import`: one commit per version, each true of itself and judged against the one before.
 *
 * @param further files besides those that a history needs.
 */
export function longHistory(versions: number, further: VersionFiles = () => []): string {
  const stream: string[] = [];
  let parent: string | null = null;
  for (let version = 1; version <= versions; version++) {
    const { commit, treeId } = nextVersion(version, parent, further);
    stream.push(commit);
    parent = treeId;
  }
  return stream.join("");
}

/** One version, as a stream of its own where it continues a branch that is there. @param parent tree id of the version before */
export function nextVersion(version: number, parent: string | null, further: VersionFiles, from?: string) {
  const files = championFiles(version, parent, further);
  const here = [...files].map(([name, text]) => [`${championFolder}/${name}`, text] as const);
  const commit = importedCommit({
    ref: "refs/heads/main",
    at: 1_700_000_000 + version * 3_600,
    message: `v${version}`,
    files: new Map([...here, ["notes.txt", `${version}\n`]]),
    ...(from !== undefined && { from }),
  });
  return { commit, treeId: treeIdOf(files) };
}

function championFiles(version: number, parent: string | null, further: VersionFiles): Map<string, string> {
  const holdout = { logLoss: 0.3 + 1 / (version + 3), rocAuc: 0.7 + 0.2 * (1 - 1 / version) };
  const files = new Map([
    ["README.md", `# bench\n\nVersion ${version}.\n`],
    ["artifact/model.json", json({ format: 1, weights: [version, 1, 2, 3] })],
    ["features.json", json({ format: 1, inputs: [{ name: "x", type: "number" }] })],
    ["metrics.json", json({ holdout })],
    ...further(version),
  ]);
  return files.set("lineage.json", json(lineageOf(version, parent, files)));
}

/** Every field of a real `lineage.json`, with a dozen data files. */
function lineageOf(version: number, parent: string | null, files: ReadonlyMap<string, string>) {
  const digest = (of: string) => sha256(`${of} ${version}`);
  const settings = sha256("settings");
  const months = Array.from({ length: 12 }, (_, month) => ({
    path: `data/${version}-${month}.csv`,
    sha256: digest(`file ${month}`),
    bytes: 100_000,
    rows: 1_000,
    blob: null,
  }));
  return {
    format: 1,
    model: "bench",
    files: Object.fromEntries(
      [...files].map(([name, text]) => [name, { sha256: sha256(text), bytes: Buffer.byteLength(text) }]),
    ),
    parent,
    anchor: null,
    holdout: {
      kind: "hash",
      from: null,
      to: null,
      fraction: 0.2,
      rows: 200,
      digest: digest("rows"),
      trainedUntil: null,
    },
    data: { dataset: "bench", files: months },
    digests: { spec: settings, manifest: settings, code: null, settings },
    learner: { name: "linear", algorithmVersion: 1, settings: {} },
    seed: 7,
    inputDigest: digest("input"),
  };
}

export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
