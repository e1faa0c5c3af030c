import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { deserialize, serialize } from "node:v8";
import { RefitError } from "@refit/core/errors";
import type { ArtifactFiles, FeatureMatrix, FitRequest, TfjsSettings } from "@refit/core/runtime";
import { useBackend, type Backend } from "./backend.ts";
import { tfjs } from "./tfjs.ts";

/** What the process is asked, in a file that `v8.serialize` wrote. */
export type Call =
  | { readonly step: "fit"; readonly request: FitRequest<TfjsSettings> }
  | { readonly step: "predict"; readonly files: ArtifactFiles; readonly features: FeatureMatrix }
  | { readonly step: "check"; readonly backend: Backend };

/** What it answers, in another such file. An error is told by its parts. */
export type CallAnswer =
  | { readonly files: ArtifactFiles }
  | { readonly predictions: Float64Array }
  | { readonly isUsable: true }
  | { readonly error: Readonly<Record<string, unknown>> };

async function answer(call: Call): Promise<CallAnswer> {
  try {
    if (call.step === "fit") return { files: await tfjs.fit({ ...call.request, onProgress: printProgress }) };
    if (call.step === "check") {
      await useBackend(call.backend);
      return { isUsable: true };
    }
    const model = await tfjs.load(call.files);
    return { predictions: await model.predict(call.features) };
  } catch (error) {
    if (!(error instanceof RefitError)) throw error;
    return { error: { ...error, message: error.message } };
  }
}

const printProgress = (done: number) => process.stdout.write(`progress ${done.toFixed(3)}\n`);

const [asked, answered] = process.argv.slice(2);
if (asked !== undefined && answered !== undefined) {
  await writeFile(answered, serialize(await answer(deserialize(await readFile(asked)) as Call)));
}
