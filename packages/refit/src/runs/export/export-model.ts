import path from "node:path";
import type { Exported } from "@refit/core/answers";
import { canonicalJson, flatName } from "@refit/core/history";
import type { Ports } from "../../ports/index.ts";
import type { FolderEntry } from "../../ports/files.ts";
import type { Repository } from "../../ports/repository.ts";
import { sha256 } from "../../sha256.ts";
import { decodeText, encodeText } from "../../text.ts";
import { readDescribed } from "../../versions/read-described.ts";
import { refuseInsideVersion, type ReadWholePorts } from "../../versions/read-whole.ts";
import { exportedGraph, type ReadVersion } from "./exported-graph.ts";
import type { ExportFormat } from "./formats.ts";
import { howToLoad } from "./how-to-load.ts";
import { mlflowFiles } from "./mlflow-files.ts";
import { useModel } from "./use-model.ts";
export type { Exported } from "@refit/core/answers";

type ExportPorts = ReadWholePorts & Pick<Ports, "folders" | "workTree">;

export interface ExportRequest {
  readonly model: string;
  /** As `findVersion` takes it. */
  readonly wanted: string | undefined;
  readonly to: ExportFormat;
  /** Relative to where the command was started; left out: named after the model and the format. */
  readonly output: string | undefined;
  /** Write nothing. */
  readonly dryRun: boolean;
}

/** By path in the folder. */
type ExportedFiles = Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;

/** Says what refit wrote into the folder, so that the next export knows it again. */
const MARK = "refit-export.json";

/**
 * Writes a version in another format. A function of the version alone: the same one gives the same bytes.
 *
 * @throws VersionUnknownError, VersionBrokenError, FormatNewerError, NotExportableError, FilesInTheWayError, UsageError
 */
export async function exportModel(ports: ExportPorts, request: ExportRequest): Promise<Exported> {
  const { model, wanted, to, output, dryRun } = request;
  const repository = await ports.git.locate();
  const folder = path.resolve(ports.workTree.here, output ?? `${flatName(model)}-${to}`);
  await refuseInsideVersion(ports, repository, folder, "--output FOLDER");
  const { number, ...version } = await readVersion(ports, repository, model, wanted);

  const graph = exportedGraph(version, to);
  const files = new Map([
    ["model.onnx", graph.bytes],
    ...(to === "mlflow" ? mlflowFiles(version, graph) : []),
    ...(to === "onnx" && graph.signature !== null ? [["use_model.py", encodeText(useModel)] as const] : []),
    ["README.md", encodeText(howToLoad(version, graph, to))],
  ]);
  const digests = digestsOf(files);
  const mark = { format: 1, model: version.lineage.model, tree: version.treeId, to, files: digests };
  files.set(MARK, encodeText(`${canonicalJson(mark, 2)}\n`));
  if (!dryRun) await ports.folders.replace(folder, files, (entries) => isOurs(ports, folder, entries));
  return { model, version: number, treeId: version.treeId, to, folder, files: digests };
}

async function readVersion(
  ports: ExportPorts,
  repository: Repository,
  model: string,
  wanted: string | undefined,
): Promise<ReadVersion & { readonly number: number }> {
  const { number, treeId, files, lineage, features } = await readDescribed(ports, repository, model, wanted);
  const artifact = [...files].flatMap(([file, bytes]) =>
    file.startsWith("artifact/") ? [[file.slice("artifact/".length), bytes] as const] : [],
  );
  return { number, treeId, lineage, features, artifact: new Map(artifact) };
}

function digestsOf(files: ReadonlyMap<string, Uint8Array>): ExportedFiles {
  return Object.fromEntries(
    [...files].map(([file, bytes]) => [file, { sha256: sha256(bytes), bytes: bytes.byteLength }]),
  );
}

/** Whether an export wrote all that is in the folder, and nobody has changed it. */
async function isOurs(
  { files }: Pick<ExportPorts, "files">,
  folder: string,
  entries: readonly FolderEntry[],
): Promise<boolean> {
  if (entries.length === 0) return true;
  const written = writtenOf(await files.read(path.join(folder, MARK)));
  if (written === null) return false;
  for (const entry of entries) {
    // Python makes it where `use_model.py` is imported.
    if (/^__pycache__(?:\/|$)/.test(entry.path)) continue;
    if (!entry.isFile) return false;
    if (entry.path === MARK) continue;
    const bytes = await files.read(path.join(folder, entry.path));
    if (bytes === null || written.get(entry.path) !== sha256(bytes)) return false;
  }
  return true;
}

/** sha256 by path; `null`: this is no mark of ours. */
function writtenOf(bytes: Uint8Array | null): ReadonlyMap<string, unknown> | null {
  if (bytes === null) return null;
  try {
    const { files } = JSON.parse(decodeText(bytes)) as { files: Record<string, { sha256: unknown }> };
    return new Map(Object.entries(files).map(([file, each]) => [file, each.sha256]));
  } catch {
    return null;
  }
}
