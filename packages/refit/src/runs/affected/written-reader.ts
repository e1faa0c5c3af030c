import type { WrittenModel } from "@refit/core/affected";
import { manifestPath } from "@refit/core/affected";
import { ManifestMissingError, ModelUnknownError, ViewMissingError } from "@refit/core/errors";
import { specPath } from "@refit/core/history";
import { viewFile, type DataManifest, type ModelSpec } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { withCodeDigests } from "../../specs/program-code.ts";
import { readDataManifest, readModelSpec } from "../../specs/documents.ts";
import { decodeText } from "../../text.ts";
import type { TreeSide } from "./tree-side.ts";

export type ReadWrittenPorts = Pick<Ports, "git" | "files" | "learners" | "sources">;

/**
 * Reads what people write of models, out of git objects only. Objects and parsed files are kept by their ids, so that two commits, and
 * models that share a manifest, cost as much as one.
 */
export function writtenReader(ports: ReadWrittenPorts, repository: Repository) {
  const texts = new Map<string, Promise<string | null>>();
  const specs = new Map<string, ModelSpec>();
  const manifests = new Map<string, DataManifest>();

  /** @param blob git object id. */
  function text(blob: string): Promise<string | null> {
    const known = texts.get(blob) ?? ports.git.read([blob]).then(([bytes]) => (bytes ? decodeText(bytes) : null));
    texts.set(blob, known);
    return known;
  }

  const textAt = async ({ blobs }: TreeSide, path: string) => {
    const blob = blobs.get(path);
    return blob === undefined ? null : text(blob);
  };

  async function manifestOf(side: TreeSide, specFile: string, { data }: ModelSpec): Promise<DataManifest> {
    const file = manifestPath(data);
    const written = await textAt(side, file);
    if (written === null) throw new ManifestMissingError(specFile, file);
    const manifest = remember(manifests, `${file} ${side.blobs.get(file)}`, () =>
      readDataManifest(file, written, ports.sources.schemes),
    );
    if (manifest.views === undefined) return manifest;
    const viewTexts: Record<string, string> = {};
    for (const name of manifest.views) {
      const sql = await textAt(side, viewFile(name));
      if (sql === null) throw new ViewMissingError(file, viewFile(name));
      viewTexts[name] = sql;
    }
    return { ...manifest, viewTexts };
  }

  return {
    text,

    /** @throws what reading a model for a run throws: a spec, a manifest, a view or code that is missing or wrong. */
    async model(side: TreeSide, model: string): Promise<WrittenModel> {
      const file = specPath(model);
      const written = await textAt(side, file);
      if (written === null) throw new ModelUnknownError(model, []);
      const key = `${file} ${side.blobs.get(file)}`;
      const spec = remember(specs, key, () => readModelSpec(file, written, ports.learners.installed));
      const manifest = await manifestOf(side, file, spec);
      const at = { ...repository, baseCommit: side.commit };
      return { spec: await withCodeDigests(ports, at, spec, { workTree: false }), manifest };
    },
  };
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  if (!known.has(key)) known.set(key, make());
  return known.get(key)!;
}
