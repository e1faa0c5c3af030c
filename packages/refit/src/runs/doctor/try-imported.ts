import { championFolder, parseFeatureSpec } from "@refit/core/history";
import { inputMismatches } from "@refit/core/runtime";
import type { Diagnosis } from "../../ports/diagnosis.ts";
import type { Ports } from "../../ports/index.ts";
import type { Context, Version } from "../../products/context.ts";
import { importedFileOf } from "../../versions/imported-model.ts";
import { readArtifact, readChampionFile } from "../../versions/version-folder.ts";
import { withNewestRows, type NewestRowsPorts } from "./newest-rows.ts";

/**
 * Columns that a champion in ONNX reads and today's rows do not have. Nothing trains it again, so that a column which is gone ends it.
 *
 * @throws PrepareInvalidError, DataLimitError
 */
export async function diagnoseImported(ports: NewestRowsPorts, context: Context): Promise<Diagnosis[]> {
  const { request, spec } = context;
  const inputs = await inputsOf(ports, context);
  if (inputs === null) return [];
  const found: Diagnosis[] = [];
  await withNewestRows(ports, context, async ({ columns }) => {
    const mismatches = inputMismatches(inputs, columns);
    if (mismatches.length === 0) return;
    found.push({
      severity: "error",
      what: `${request.model}: the champion was trained elsewhere, and today's rows are not what it reads: ${mismatches.join(", ")}.`,
      fix: `Make such a column in data-manifests/${spec.data}.yaml, by \`from\` of its field or in \`prepare\`. Otherwise the next candidate is judged as a first model, without a champion beside it.`,
    });
  });
  return found;
}

/** Opens a champion in ONNX, and looks at its inputs. @throws OnnxRuntimeMissingError, CommandFailedError */
export async function tryImported(
  ports: Pick<Ports, "git" | "largeFiles" | "learners">,
  context: Context,
): Promise<void> {
  const inputs = await inputsOf(ports, context);
  if (inputs === null) return;
  const learner = await ports.learners.get("onnx");
  const file = `${championFolder(context.request.model, context.repository)}/artifact/${importedFileOf.onnx}`;
  const bytes = (await readArtifact(ports, context.repository, context.champion!)).get(importedFileOf.onnx);
  if (bytes !== undefined) await learner.check?.({ learner: "onnx", file }, new Map([[file, bytes]]), inputs);
}

/** @returns `null`: there is no champion in ONNX. */
async function inputsOf(ports: Pick<Ports, "git">, { champion }: { readonly champion: Version | null }) {
  const isOnnx = champion?.lineage.learner.name === "onnx";
  const text = isOnnx ? await readChampionFile(ports, champion, "features.json") : null;
  return text === null ? null : parseFeatureSpec(text).inputs;
}
