import type { WrittenModel } from "@refit/core/affected";
import { ManifestMissingError, ModelUnknownError, ViewMissingError } from "@refit/core/errors";
import { championFolder, type Lineage, specPath } from "@refit/core/history";
import { manifestPath, viewFile, type DataManifest } from "@refit/core/spec";
import type { Ports } from "../../ports/index.ts";
import type { Repository } from "../../ports/repository.ts";
import { manifestParser, specParser } from "../../rooms/read.ts";
import { type LazyParser, parsedObject } from "../../specs/parse-cache.ts";
import { withCodeDigests } from "../../specs/program-code.ts";
import { decodeText } from "../../text.ts";
import { lineageParser } from "../../versions/read-lineage.ts";
import type { TreeSide } from "./tree-side.ts";

export type ReadWrittenPorts = Pick<Ports, "git" | "files" | "learners" | "sources">;

/**
 * Reads models out of git objects only. Objects and parsed files are kept by their ids, so that two commits, and models that share a
 * manifest, cost as much as one.
 */
export function writtenReader(ports: ReadWrittenPorts, repository: Repository) {
  const { installed } = ports.learners;
  const { schemes } = ports.sources;
  const texts = new Map<string, Promise<string | null>>();

  /** @param blob git object id. */
  function text(blob: string): Promise<string | null> {
    const known = texts.get(blob) ?? ports.git.read([blob]).then(([bytes]) => (bytes ? decodeText(bytes) : null));
    texts.set(blob, known);
    return known;
  }

  /** @returns `null`: it is not there. */
  async function parsedAt<T>({ blobs }: TreeSide, path: string, parser: LazyParser<T>): Promise<T | null> {
    const blob = blobs.get(path);
    return blob === undefined ? null : parsedObject(ports, repository, blob, parser);
  }

  async function manifestOf(side: TreeSide, specFile: string, dataset: string): Promise<DataManifest> {
    const file = manifestPath(dataset);
    const manifest = await parsedAt(side, file, manifestParser(file, schemes));
    if (manifest === null) throw new ManifestMissingError(specFile, file);
    if (manifest.views === undefined) return manifest;
    const viewTexts: Record<string, string> = {};
    for (const name of manifest.views) {
      const blob = side.blobs.get(viewFile(name));
      if (blob === undefined) throw new ViewMissingError(file, viewFile(name));
      viewTexts[name] = (await text(blob)) ?? "";
    }
    return { ...manifest, viewTexts };
  }

  return {
    text,
    /** @throws what reading a model for a run throws: a spec, a manifest, a view or code that is missing or wrong. */
    async model(side: TreeSide, model: string): Promise<WrittenModel> {
      const file = specPath(model, repository);
      const spec = await parsedAt(side, file, specParser(file, installed));
      if (spec === null) throw new ModelUnknownError(model, [], repository);
      const manifest = await manifestOf(side, file, spec.data);
      const at = { ...repository, baseCommit: side.commit };
      return { spec: await withCodeDigests(ports, at, spec, { workTree: false }), manifest };
    },

    /** Of the live version; `null`: there is none, or it is damaged. @throws FormatNewerError */
    async lineage(side: TreeSide, model: string): Promise<Lineage | null> {
      const file = `${championFolder(model, repository)}/lineage.json`;
      return parsedAt(side, file, lineageParser(file));
    },
  };
}
