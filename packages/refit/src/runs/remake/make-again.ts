import { UnreadableDataError } from "@refit/core/errors";
import type { Ports } from "../../ports/index.ts";
import type { Context } from "../../products/context.ts";
import type { Evaluation } from "../../products/evaluation.ts";
import type { Lineage } from "@refit/core/history";
import type { Repository } from "../../ports/repository.ts";
import type { GivenModel } from "../../rooms/take-model.ts";
import { digestsOfImport, importedFileOf, importedModel } from "../../versions/imported-model.ts";
import { readArtifact } from "../../versions/version-folder.ts";
import type { Snapshot } from "../../products/snapshot.ts";

export type MakeAgainPorts = Pick<
  Ports,
  "scratch" | "clock" | "files" | "git" | "largeFiles" | "learners" | "out" | "resampling" | "sources" | "tables"
>;

/** A version as its inputs make it. */
export interface MadeAgain {
  /** By path in the champion folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly evaluation: Evaluation;
  /** Whether the model is the one that the version brings: training it again gives another one. */
  readonly tookModel: boolean;
}

/**
 * Makes the version that a run with this context and these data would propose, and writes nothing.
 *
 * @throws UnreadableDataError where such a run would be blocked by its rows.
 * @param given the model of the version, where its lineage says that training gives another one; `null`: it is trained.
 */
export async function makeAgain(
  ports: MakeAgainPorts,
  asked: Context,
  snapshot: Snapshot,
  given: GivenModel | null,
): Promise<MadeAgain> {
  const { withPrepared, takeImport, takeModel, train, evaluate, buildVersion } = await import("../../rooms/retrain.ts");
  const context: Context = { ...asked, request: { ...asked.request, isMadeAgain: true } };
  const imported = given && importedModel(given);
  return withPrepared<MadeAgain>(ports, context, snapshot, {
    broken: (findings) => Promise.reject(new UnreadableDataError(findings)),
    async prepared(prepared) {
      const take = () =>
        imported === null
          ? takeModel(ports, context, prepared, given!)
          : takeImport(ports, context, prepared, imported);
      const taken = given && (await take());
      const training = taken ?? (await train(ports, context, prepared));
      const digests = imported === null ? snapshot.digests : digestsOfImport(snapshot.digests, imported.file);
      const inputs = { context, snapshot: { ...snapshot, digests }, prepared, training };
      const evaluation = await evaluate(ports, inputs, prepared, training);
      return { files: await buildVersion(ports, { ...inputs, evaluation }), evaluation, tookModel: taken !== null };
    },
  });
}

/** The model of a version that nobody can make again, by its own word or since it was imported; `null`: it can be trained. */
export async function givenModel(
  ports: Pick<Ports, "git" | "largeFiles">,
  repository: Repository,
  version: { readonly treeId: string; readonly lineage: Lineage | null },
): Promise<GivenModel | null> {
  const { lineage } = version;
  if (lineage === null || (lineage.reproducible !== false && lineage.declared?.by !== "import")) return null;
  return { lineage, artifact: await readArtifact(ports, repository, version) };
}

/** What is compared beside such a model. */
export const besideModel = (files: ReadonlyMap<string, unknown>) =>
  [...files.keys()].filter((file) => !file.startsWith("artifact/model/") && !importedFiles.has(file)).length;

const importedFiles: ReadonlySet<string> = new Set(Object.values(importedFileOf).map((file) => `artifact/${file}`));

/** Why it was scored, as a clause. */
export function whyNotTrained(lineage: Pick<Lineage, "declared"> | null): string {
  const why = lineage?.declared?.by === "import" ? "it was imported" : "its program gives another one each time";
  return `the model was not trained again, since ${why}`;
}
