import { UsageError } from "@refit/core/errors";
import type { Ports } from "../ports/index.ts";
import { init, usage, type InitModel, type InitResult } from "../runs/init/init.ts";
import type { PipelineTemplates } from "../ports/pipelines.ts";
import type { Flags } from "./command.ts";
import { limitHelp, limitOption } from "./limits.ts";

export { usage };
export const summary =
  "Write a data manifest and a model.yaml, inferred from your own data or for a small example, and a GitHub workflow.";
export const examples = [
  ["refit init --data churn.csv --target churned --time signup_date", "from your own data"],
  ["refit init --data churn.csv --target churned --learner command --python train.py", "train with your own program"],
  ["refit init --example --github", "a made-up dataset, and a workflow"],
] as const;
export const options = {
  data: { type: "string" },
  target: { type: "string" },
  time: { type: "string" },
  "time-format": { type: "string" },
  learner: { type: "string" },
  python: { type: "string" },
  model: { type: "string" },
  example: { type: "boolean" },
  github: { type: "boolean" },
  workflow: { type: "string" },
  action: { type: "string" },
  attest: { type: "boolean" },
  pages: { type: "boolean" },
  overwrite: { type: "string", multiple: true },
  ...limitOption,
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;
export const optionHelp = {
  data: "CSV, Parquet or JSON Lines file inside the repository",
  target: "the column to predict",
  time: "the date column; the newest rows become the holdout",
  "time-format": "how its dates are written, if they are ambiguous: a strptime pattern such as %d/%m/%Y",
  learner: "command: train with your own program; default: trees and a linear model, which come with refit",
  python: "with --learner command: the program that trains, such as train.py; it is created if it does not exist",
  model: "name of the model; default: taken from the file's name",
  example: "write a small made-up dataset and a model for it",
  github: "write .github/workflows/refit.yml, with or without a model",
  workflow:
    "with --github: simple (the default), hardened (training runs without a write token), matrix (one job per model), candidates (one job per candidate, for trainings that are too large for one machine) or nx (a monorepo)",
  action:
    "with --github: the action to use, as OWNER/refit@COMMIT, which nobody can change, or OWNER/refit@v1; default: that of the workflow that is there",
  attest:
    "with --github --workflow hardened, matrix or candidates: a job that lets GitHub attest the files of versions that go live; only it may sign",
  pages:
    "with --github: write .github/workflows/refit-pages.yml, which publishes what `refit site` makes on GitHub Pages",
  overwrite: "replace this file if it exists with other content; may be repeated. No other file is replaced",
  ...limitHelp,
  "dry-run": "print the files and write nothing",
  json: "print the files as JSON",
};

export async function run(ports: Ports, args: readonly string[], flags: Flags): Promise<number> {
  if (args.length > 0) throw new UsageError("init takes no arguments; use --model to name the model.", usage);
  const templates = flags.github === true ? ports.pipelines.templates.get("github")! : null;
  if (flags.attest === true && templates === null) throw new UsageError("--attest needs --github.", usage);
  if (flags.pages === true && templates === null) throw new UsageError("--pages needs --github.", usage);
  const pipeline = templates && {
    templates,
    kind: flags.workflow ?? null,
    action: flags.action ?? null,
    attests: flags.attest === true,
    pages: flags.pages === true,
  };
  const made = await init(ports, {
    model: modelOf(flags),
    pipeline,
    overwrite: flags.overwrite ?? [],
    dryRun: flags["dry-run"] === true,
  });
  const before = templates && beforePush(templates, made, flags);
  for (const sentence of ignoredSentences(made)) ports.out.notice(sentence);
  printFiles(ports, made, flags, made.model === null ? ["", ...before!] : nextSteps(made.model, made.leftOut, before));
  return 0;
}

function ignoredSentences({ files, leftOut }: InitResult): string[] {
  return [...leftOut.ignored].map(([file, { pattern, source, line }]) => {
    const rule = `git ignores ${file} (\`${pattern}\` in ${source}, line ${line})`;
    return files.has(file)
      ? `${rule}. refit and GitHub read it from a commit: change that rule, or add the file with \`git add --force\`.`
      : `${rule}. refit reads it here; in a workflow, a step before refit has to bring it.`;
  });
}

/** @returns `null`: only a pipeline is asked for. */
function modelOf({ data, target, time, model, example, github, ...more }: Flags): InitModel | null {
  const name = model ?? null;
  const python = pythonOf(more);
  const timeFormat = more["time-format"] ?? null;
  if (example === true) {
    return {
      data: "data/subscriptions.csv",
      target: "cancelled",
      time: "signed_up",
      timeFormat,
      name,
      python,
      example,
    };
  }
  if (timeFormat !== null && time === undefined)
    throw new UsageError("--time-format says how --time is written.", usage);
  if (data !== undefined && target !== undefined)
    return { data, target, time: time ?? null, timeFormat, name, python, example: false };
  if (data === undefined && target === undefined && github === true) return null;
  throw new UsageError("init needs --data and --target, or --example, or --github.", usage);
}

/** @returns `null`: no program. */
function pythonOf({ learner, python }: Pick<Flags, "learner" | "python">): string | null {
  if (learner !== undefined && learner !== "command")
    throw new UsageError(
      `--learner ${learner}: init can set up only \`command\`. Without --learner it writes trees and a linear model; other learners go under \`candidates\` in model.yaml.`,
      usage,
    );
  if (learner !== undefined && python === undefined)
    throw new UsageError("--learner command needs --python, the program that trains, such as train.py.", usage);
  return python ?? null;
}

/** What a person has to do before the pipeline can work. */
function beforePush(templates: PipelineTemplates, { files }: InitResult, { pages }: Flags): string[] {
  const { file, actionIn, setup, pagesSetup, unknownAction, unpinned } = templates;
  const action = actionIn(files.get(file) ?? "");
  const about = action === null ? unknownAction.sentence : unpinned(action);
  return [...(about === null ? [] : [about]), setup, ...(pages === true ? [pagesSetup] : [])];
}

const changeWords = { written: "wrote", replaced: "changed", unchanged: "unchanged:" } as const;

function printFiles(
  ports: Pick<Ports, "out">,
  { files, changes, notes }: InitResult,
  flags: Flags,
  then: readonly string[],
): void {
  if (flags.json === true) return ports.out.print(JSON.stringify(Object.fromEntries(files), null, 2));
  const decided = notes.length === 0 ? [] : ["", "How the data are read:", ...notes.map((note) => `- ${note}`)];
  const shown = [...files].filter(([file]) => !file.startsWith("data/"));
  const lines =
    flags["dry-run"] === true
      ? [...shown.flatMap(([file, text]) => [`# ${file}`, text]), ...decided]
      : [...[...changes].map(([file, change]) => `${changeWords[change]} ${file}`), ...decided, ...then];
  for (const line of lines) ports.out.print(line);
}

function nextSteps(
  { name, spec, task }: NonNullable<InitResult["model"]>,
  { isSparse }: InitResult["leftOut"],
  first: readonly string[] | null,
): string[] {
  const commit = `git add ${isSparse ? "--sparse " : ""}-A && git commit -m "Add the model ${name}"`;
  return [
    "",
    `The task is ${task}. Read ${spec}: are there columns that would not be known at prediction time?`,
    "",
    ...(first !== null
      ? [
          ...first,
          "",
          "Then:",
          `  ${commit} && git push`,
          "The push starts the workflow, which opens a pull request with the first model.",
        ]
      : ["Then:", `  ${commit}`, `  refit run ${name}`]),
  ];
}
