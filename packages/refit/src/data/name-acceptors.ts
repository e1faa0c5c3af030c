import { nameAcceptor, type Finding } from "@refit/core/data";
import { SpecInvalidError } from "@refit/core/errors";
import type { ChecksPolicy } from "@refit/core/spec";
import type { Context } from "../products/context.ts";
import type { Ports } from "../ports/index.ts";
import { decodeText } from "../text.ts";

/** Says of each accepted finding who accepted it, from the history of the manifest. Reads git only where there is one. */
export async function nameAcceptors(
  ports: Pick<Ports, "git" | "sources">,
  { repository, spec }: Context,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  if (findings.every(({ accepted }) => accepted === undefined)) return findings;
  const folder = "data-manifests";
  const name = `${spec.data}.yaml`;
  const log = await ports.git.log(repository.baseCommit, [folder], [name]);
  const read = await manifestReader(`${folder}/${name}`, ports.sources.schemes);
  const history = (log.get(folder) ?? []).toReversed().map(({ sha, author, committedAt, contents }) => ({
    commit: { commit: sha, author, at: committedAt },
    checks: read(contents.get(name)),
  }));
  return findings.map((found) => nameAcceptor(found, history));
}

/** Of any age: one that this refit cannot read accepted nothing that it knows of. */
async function manifestReader(
  file: string,
  schemes: readonly string[],
): Promise<(bytes: Uint8Array | undefined) => ChecksPolicy | null> {
  const { readDataManifest } = await import("../specs/documents.ts");
  return (bytes) => {
    if (bytes === undefined) return null;
    try {
      return readDataManifest(file, decodeText(bytes), schemes).checks;
    } catch (error) {
      if (error instanceof SpecInvalidError) return null;
      throw error;
    }
  };
}
