import { onnxDescriptor, type OnnxSettings } from "./onnx-descriptor.ts";
import { tfjsDescriptor } from "./tfjs-descriptor.ts";
import type { CandidateSettings, LearnerDescriptor, SettingsOf } from "./learner-settings.ts";

/** A program of the user's. Plain data, like those of the other learners: a run that trains nothing starts no program. */
export const commandDescriptor = {
  name: "command",
  algorithmVersion: 1,
  description: "Your own program, in any language: see [how it is called](../command-learner.md).",
  settings: {
    train: {
      type: "list",
      items: "text",
      minItems: 1,
      description: "Program that trains, with its arguments, such as `[python, train.py]`. There is no shell.",
    },
    predict: {
      type: "list",
      items: "text",
      minItems: 1,
      optional: true,
      description: "Program that predicts, with its arguments. It gets rows without labels. Instead of it: `onnx`.",
    },
    onnx: {
      type: "text",
      optional: true,
      description:
        "Instead of `predict`: the ONNX file that the program writes into its model folder, such as `model.onnx`. refit runs it itself, with the package `onnxruntime-web`.",
    },
    code: {
      type: "list",
      items: "text",
      default: [],
      description:
        "Files of the program, relative to the root of the repository. They are copied into the version, and both programs run from the copies.",
    },
    rows: {
      type: "choice",
      choices: ["parquet", "csv"],
      default: "parquet",
      description: "Format of the files with rows.",
    },
    settings: {
      type: "record",
      default: {},
      description: "Settings for the program; they are in its job description.",
    },
    validation: {
      type: "boolean",
      optional: true,
      description:
        "`false`: nothing stops the training early, so the program gets no validation rows. As the only candidate it is then not trained without them first, which saves a training: see [validation rows](../command-learner.md#validation-rows). Default: `true`.",
    },
    start: {
      type: "choice",
      choices: ["cold", "warm"],
      optional: true,
      description:
        "`warm`: `train` gets the model of the live version, to go on from. Where that would be unfair or is not possible, it starts from scratch, and the report says why: see [how](../command-learner.md#going-on-from-the-live-model). Default: `cold`.",
    },
    reproducible: {
      type: "boolean",
      default: true,
      description:
        "Whether the same rows and seed always give the same model. Default: found out by training twice on a sample. If not, the model that was judged ships (`ship: judged`).",
    },
    threads: {
      type: "integer",
      minimum: 1,
      maximum: 1024,
      default: 2,
      description:
        "Threads that the program should use: the same number on every machine, so that the model is the same.",
    },
    environment: {
      type: "list",
      items: "text",
      default: [],
      description:
        "Names of environment variables that are passed to the program besides the usual ones. Tokens of refit, of GitHub and of other forges are never passed on.",
    },
    runner: {
      type: "list",
      items: "text",
      minItems: 1,
      optional: true,
      description:
        "Program, with its arguments, that starts both programs elsewhere: on a cluster, in a container. `{job}` stands for a folder with the start script, `{id}` for a name of the call, `{script}` for the text of the script. See [on another machine](../command-learner.md#on-another-machine).",
    },
    runnerStop: {
      type: "list",
      items: "text",
      minItems: 1,
      optional: true,
      description:
        'Program, with its arguments, that stops what `runner` has started, such as `[ray, job, stop, "{id}"]`. Called after a limit, an interrupt or a failure.',
    },
    runnerStore: {
      type: "text",
      optional: true,
      description:
        "How rows and model travel: a folder that both machines have at the same path, or `s3://bucket/prefix`. Default: the other machine sees this machine's temporary folder.",
    },
    timeoutMinutes: {
      type: "number",
      exclusiveMinimum: 0,
      default: 60,
      description: "How long one call of a program may take, in minutes.",
    },
    memoryMiB: {
      type: "integer",
      minimum: 16,
      optional: true,
      description:
        "Memory that a program and its children may use together, in MiB; measured on Linux only. Default: no limit.",
    },
  },
} as const satisfies LearnerDescriptor;

export type CommandSettings = SettingsOf<typeof commandDescriptor>;

/** Settings that say where and how long a program may run, and change no byte of a model. */
const limits: readonly string[] = ["timeoutMinutes", "memoryMiB", "runner", "runnerStop", "runnerStore"];

/** What one call of a program may take, and who starts it. */
export interface ProgramLimits {
  readonly timeoutMinutes: number;
  /** Absent: no limit. */
  readonly memoryMiB?: number | undefined;
  /** Absent: this machine starts it. */
  readonly runner?: readonly string[] | undefined;
  readonly runnerStop?: readonly string[] | undefined;
  readonly runnerStore?: string | undefined;
}

/** The limits of a candidate's program. */
export function limitsOf(settings: Readonly<Record<string, unknown>>): ProgramLimits {
  const { timeoutMinutes, memoryMiB, runner, runnerStop, runnerStore } = settings;
  const words = (value: unknown) => (Array.isArray(value) ? (value as readonly string[]) : undefined);
  return {
    timeoutMinutes:
      typeof timeoutMinutes === "number" ? timeoutMinutes : commandDescriptor.settings.timeoutMinutes.default,
    memoryMiB: typeof memoryMiB === "number" ? memoryMiB : undefined,
    runner: words(runner),
    runnerStop: words(runnerStop),
    runnerStore: typeof runnerStore === "string" ? runnerStore : undefined,
  };
}

/** The same for the program of a version, which has none of its own: those of today's first candidate with a program. */
export function limitsOfToday({
  candidates,
}: {
  readonly candidates: readonly { readonly learner: string }[];
}): ProgramLimits {
  return limitsOf(candidates.find(({ learner }) => learner === commandDescriptor.name) ?? {});
}

/** The settings of a candidate that its model depends on. */
export function decidingSettings<Settings extends { readonly learner: string }>(settings: Settings): Settings {
  if (settings.learner !== commandDescriptor.name) return settings;
  return Object.fromEntries(Object.entries(settings).filter(([key]) => !limits.includes(key))) as Settings;
}

/** Learners that run code of the user's, which lies in `code/` of their artifacts. */
export function runsOwnCode(learner: string): boolean {
  return learner === commandDescriptor.name || learner === tfjsDescriptor.name;
}

/** The files that a candidate is made of besides its settings, from the root of the repository: its own code, or its model. */
export function codeOf(candidate: CandidateSettings): readonly string[] {
  if (candidate.learner === onnxDescriptor.name) return [(candidate as unknown as OnnxSettings).file];
  return runsOwnCode(candidate.learner) ? (candidate as unknown as Pick<CommandSettings, "code">).code : [];
}
