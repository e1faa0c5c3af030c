import path from "node:path";
import type { Candidates, ChosenCandidates, TrainedCandidates } from "../products/candidates.ts";
import type { Ports } from "../ports/index.ts";

/** What other jobs wrote. */
export interface HandedOverFolder<Digest extends string | null = string | null> {
  /** Absolute, or from the repository's root. */
  readonly folder: string;
  /** `sha256:…` of the folder that `refit train` wrote; `null`: it has the folders of single candidates, which are named by theirs. */
  readonly digest: Digest;
}

/** @throws CandidatesAlteredError, CandidatesInvalidError */
export function openHandOver(
  ports: Pick<Ports, "files">,
  root: string,
  from: HandedOverFolder<string>,
): Promise<ChosenCandidates>;
export function openHandOver(
  ports: Pick<Ports, "files">,
  root: string,
  from: HandedOverFolder<null>,
): Promise<TrainedCandidates>;
export function openHandOver(ports: Pick<Ports, "files">, root: string, from: HandedOverFolder): Promise<Candidates>;
export async function openHandOver(
  { files }: Pick<Ports, "files">,
  root: string,
  { folder, digest }: HandedOverFolder,
): Promise<Candidates> {
  const place = path.resolve(root, folder);
  if (digest === null) {
    const { openTrained } = await import("../handover/open-trained.ts");
    return openTrained(files, place);
  }
  const { openCandidates } = await import("../handover/open-candidates.ts");
  return openCandidates(files, place, digest);
}
