import { writeWideCsv, type Stretch } from "./wide-csv.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

export interface WideModel extends Workspace {
  /** Writes one more data file of `rows` rows; of all days, where none are named. */
  addFile(rows: number, days?: Stretch): void;
  /** Writes `model.yaml` and the manifest, and commits everything. */
  commitSpecs(options: SpecOptions): void;
  /** Trains a first model and merges its proposal. */
  promote(): void;
}

interface SpecOptions {
  readonly candidate: string;
  /** Fewer rows than this are refused: a snapshot that ends the run there. */
  readonly minRows: number;
  /** Of the files that are data; CSV by default. */
  readonly format?: "csv" | "parquet";
}

/** A repository with the model `wide` on made-up files of 20 columns; the data lie beside git, as large data do. */
export function wideModel(data: { readonly files: number; readonly rows: number; readonly days?: Stretch }): WideModel {
  const workspace = createWorkspace();
  let files = 0;
  const model: WideModel = {
    ...workspace,
    addFile(rows, days) {
      files++;
      writeWideCsv(`${workspace.root}/data/${String(files).padStart(4, "0")}.csv`, rows, files, days);
    },
    commitSpecs({ candidate, minRows, format = "csv" }) {
      workspace.write("models/wide/model.yaml", modelYaml(candidate));
      workspace.write("data-manifests/wide.yaml", manifestYaml(minRows, format));
      workspace.commitAll("A model of wide files");
    },
    promote() {
      const { stdout } = workspace.refit(["run", "wide"]);
      if (!stdout.includes("wide: proposed")) throw new Error(`The run did not end in a proposal:\n${stdout}`);
      workspace.git(["merge", "--quiet", "refit--wide"]);
    },
  };
  workspace.write(".gitignore", "data/\n");
  model.commitSpecs({ candidate: "{ learner: linear }", minRows: 100 });
  for (let i = 0; i < data.files; i++) model.addFile(data.rows, data.days);
  return model;
}

function modelYaml(candidate: string): string {
  return [
    "task: binary",
    "data: wide",
    "target: label",
    "positive: 1",
    "time: day",
    `candidates: [${candidate}]`,
    "holdout: { fraction: 0.2 }",
    "metrics: { primary: rocAuc, also: [logLoss] }",
    "gates: [{ metric: rocAuc, min: 0.55 }]",
    "retrain: { minNewRows: 1000000, drift: false }",
    "seed: 7",
    "",
  ].join("\n");
}

function manifestYaml(minRows: number, format: string): string {
  return `sources: [{ path: data/*.${format} }]\nchecks: { minRows: ${minRows} }\n`;
}
