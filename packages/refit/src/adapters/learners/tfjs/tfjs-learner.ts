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
import { arrangeNetwork } from "./arrange-network.ts";
import { callFile } from "./find-package.ts";
import { serveNetwork } from "./serve-network.ts";

/**
 * The learner of `@refit/tfjs`, each call in a process of its own: a network of the user's own is code, so it runs without our token, and
 * nothing of TensorFlow.js stays in this process. A model that was trained is layers and weights, which a server opens once.
 */
export function tfjsLearner(tools: ProgramTools): Learner<TfjsSettings> {
  return {
    ...tfjsDescriptor,
    async fit({ onProgress, onStarted, after, ...request }) {
      const { files } = await call(tools, { step: "fit", request: plain(request) }, { onProgress, onStarted, after });
      return files!;
    },
    async check({ backend }) {
      if (backend === "node") await call(tools, { step: "check", backend });
      else callFile();
    },
    ignoresValidation: ({ earlyStoppingEpochs }) => earlyStoppingEpochs === 0,
    settle: (settings, files) => settledNetwork(settings, decodeText(files.get("model.json")!)),
    arrange: arrangeNetwork,
    // The process that answers checks every field first.
    load: async (files) => ({ predict: (features) => predict(tools, files, features) }),
    serve: serveNetwork,
    mayDiffer: ({ code, backend }) => (code.length > 0 || backend === "node" ? "unproven" : undefined),
    problemOf: ({ program }, files) => codeProblem(program?.code ?? new Map(), files),
  };
}

async function predict(tools: ProgramTools, files: ArtifactFiles, features: FeatureMatrix): Promise<Float64Array> {
  if (features.rows === 0) return new Float64Array();
  const { predictions } = await call(tools, { step: "predict", files, features: withoutInputs(features) });
  return predictions!;
}

/** What stays in this process. */
interface CallTiming {
  readonly onProgress?: ((done: number) => void) | undefined;
  readonly onStarted?: (() => void) | undefined;
  readonly after?: Promise<unknown> | undefined;
}

/** Only values, which another process can be given. */
function plain({ train, validation, ...request }: Omit<FitRequest<TfjsSettings>, keyof CallTiming>) {
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
  readonly step: "fit" | "predict" | "check";
  readonly request?: object;
  readonly files?: ArtifactFiles;
  readonly features?: FeatureMatrix;
  readonly backend?: TfjsSettings["backend"];
}

type ToldError = Readonly<Record<string, unknown>>;

interface NetworkAnswer {
  readonly files?: ArtifactFiles;
  readonly predictions?: Float64Array;
  readonly error?: ToldError;
}

/** @throws what the package says, CommandFailedError where its process ends otherwise. */
async function call(
  tools: ProgramTools,
  asked: Asked,
  { onProgress = () => {}, onStarted, after }: CallTiming = {},
): Promise<NetworkAnswer> {
  const argv = [process.execPath, callFile()];
  return withJobFolder(new Map(), async ({ root, code, temporary }) => {
    const [question, answer] = [path.join(root, "call.bin"), path.join(root, "answer.bin")];
    await writeFile(question, serialize(asked));
    await after;
    const env = {
      ...programEnvironment(tools.env, []),
      ...steadyVariables(1, 0),
      REFIT_JOB: question,
      TMPDIR: temporary,
    };
    const relay = relayOutput({ secrets: secretValues(tools.env, []), onLine: () => {}, onProgress });
    const step: CalledProgram["step"] = asked.step === "predict" ? "predict" : "train";
    const program: CalledProgram = { step, argv: [...argv, question, answer], learner: tfjsDescriptor.name };
    const limits = { timeoutMinutes, memoryMiB: null, folder: root, onStarted };
    await callProgram({ program, cwd: code, env, marker: `REFIT_JOB=${question}`, ...limits }, relay);
    const told = await readAnswer(answer, asked.step);
    if (told === null) throw new CommandFailedError("exit-code", program, "ended without an answer");
    if (told.error !== undefined) throw errorOf(told.error, program);
    return told;
  });
}

/** Code of the user's may end the process, or write what it likes. @returns `null`: it is no answer. */
async function readAnswer(file: string, step: Asked["step"]): Promise<NetworkAnswer | null> {
  let told: NetworkAnswer;
  try {
    told = Object(deserialize(await readFile(file))) as NetworkAnswer;
  } catch {
    return null;
  }
  const { error, files, predictions } = told;
  if (typeof error === "object" && error !== null) return { error };
  if (step === "predict") return predictions instanceof Float64Array ? { predictions } : null;
  if (step === "check") return {};
  const isWhole = files instanceof Map && [...files.values()].every((bytes) => bytes instanceof Uint8Array);
  return isWhole && files.has("model.json") ? { files } : null;
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
