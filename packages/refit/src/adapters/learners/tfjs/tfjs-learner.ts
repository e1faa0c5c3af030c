import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import {
  ArtifactInvalidError,
  CommandFailedError,
  FormatNewerError,
  LearnerDivergedError,
  LearnerMissingError,
  NetworkInvalidError,
  type CalledProgram,
} from "@refit/core/errors";
import {
  settledNetwork,
  tfjsDescriptor,
  type ArtifactFiles,
  type FeatureMatrix,
  type FitRequest,
  type Learner,
  type TfjsSettings,
} from "@refit/core/runtime";
import { decodeText } from "../../../text.ts";
import { callProgram } from "../command/call-program.ts";
import { withJobFolder, type ProgramTools } from "../command/job.ts";
import { programEnvironment, secretValues, steadyVariables } from "../command/program-environment.ts";
import { relayOutput } from "../command/relay.ts";
import { callFile } from "./find-package.ts";

/**
 * The learner of `@refit/tfjs`, each call in a process of its own: a network of the user's own is code, so it runs without our token, and
 * nothing of TensorFlow.js stays in this process.
 */
export function tfjsLearner(tools: ProgramTools): Learner<TfjsSettings> {
  return {
    ...tfjsDescriptor,
    async fit({ onProgress, ...request }) {
      const { files } = await call<{ files: ArtifactFiles }>(
        tools,
        { step: "fit", request: plain(request) },
        onProgress,
      );
      return files;
    },
    settle: (settings, files) => settledNetwork(settings, decodeText(files.get("model.json")!)),
    // The process that answers checks every field first.
    load: async (files) => ({ predict: (features) => predict(tools, files, features) }),
    mayDiffer: ({ code, backend }) => (code.length > 0 || backend === "node" ? "unproven" : undefined),
    problemOf: ({ program }, files) => codeProblem(program?.code ?? new Map(), files),
  };
}

async function predict(tools: ProgramTools, files: ArtifactFiles, features: FeatureMatrix): Promise<Float64Array> {
  if (features.rows === 0) return new Float64Array();
  const { predictions } = await call<{ predictions: Float64Array }>(tools, {
    step: "predict",
    files,
    features: withoutInputs(features),
  });
  return predictions;
}

/** Only values, which another process can be given. */
function plain({ train, validation, ...request }: Omit<FitRequest<TfjsSettings>, "onProgress">) {
  const part = ({ features, ...rest }: typeof train) => ({ ...rest, features: withoutInputs(features) });
  return { ...request, train: part(train), validation: part(validation) };
}

const withoutInputs = ({ rows, columns }: FeatureMatrix): FeatureMatrix => ({ rows, columns });

/** Nobody brings other code than that of the base branch. */
function codeProblem(code: ArtifactFiles, files: ArtifactFiles): string | null {
  const stored = [...files].filter(([file]) => file !== "model.json" && file !== "weights.bin");
  const isOwn = ([file, bytes]: readonly [string, Uint8Array]) => {
    const own = code.get(file.replace(/^code\//, ""));
    return file.startsWith("code/") && own !== undefined && Buffer.compare(own, bytes) === 0;
  };
  return stored.length === code.size && stored.every(isOwn) ? null : "its code is not that of the base branch";
}

/** Minutes that a call may take. */
const timeoutMinutes = 24 * 60;

interface Asked {
  readonly step: "fit" | "predict";
  readonly request?: object;
  readonly files?: ArtifactFiles;
  readonly features?: FeatureMatrix;
}

type ToldError = Readonly<Record<string, unknown>>;

/** @throws what the package says, CommandFailedError where its process ends otherwise. */
async function call<Answer>(
  tools: ProgramTools,
  asked: Asked,
  onProgress: (done: number) => void = () => {},
): Promise<Answer> {
  const argv = [process.execPath, callFile()];
  return withJobFolder(new Map(), async ({ root, code, temporary }) => {
    const [question, answer] = [path.join(root, "call.bin"), path.join(root, "answer.bin")];
    await writeFile(question, serialize(asked));
    const env = {
      ...programEnvironment(tools.env, []),
      ...steadyVariables(1, 0),
      REFIT_JOB: question,
      TMPDIR: temporary,
    };
    const relay = relayOutput({ secrets: secretValues(tools.env, []), onLine: () => {}, onProgress });
    const step: CalledProgram["step"] = asked.step === "fit" ? "train" : "predict";
    const program: CalledProgram = { step, argv: [...argv, question, answer], learner: tfjsDescriptor.name };
    const limits = { timeoutMinutes, memoryMiB: null, folder: root };
    await callProgram({ program, cwd: code, env, marker: `REFIT_JOB=${question}`, ...limits }, relay);
    const told = deserialize(await readFile(answer)) as { readonly error?: ToldError };
    if (told.error !== undefined) throw errorOf(told.error, program);
    return told as Answer;
  });
}

const kinds: Readonly<Record<string, { readonly prototype: Error }>> = {
  "artifact-invalid": ArtifactInvalidError,
  "format-newer": FormatNewerError,
  "learner-diverged": LearnerDivergedError,
  "learner-missing": LearnerMissingError,
  "network-invalid": NetworkInvalidError,
};

/** The error that the other process threw: its parts are plain. */
function errorOf(parts: ToldError, program: CalledProgram): Error {
  const known = kinds[String(parts["code"])];
  if (known === undefined) return new CommandFailedError("exit-code", program, `failed: ${String(parts["message"])}`);
  const { message, ...fields } = parts;
  const error = Object.create(known.prototype) as Error;
  Object.defineProperty(error, "message", { value: message });
  Error.captureStackTrace(error);
  return Object.assign(error, fields);
}
