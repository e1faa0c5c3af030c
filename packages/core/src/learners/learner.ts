import type { Column } from "../features/column.ts";
import type { ColumnInfo, TargetSpec } from "../features/column-info.ts";
import type { Feature } from "../features/feature-spec.ts";
import type { Task } from "../spec/model-spec.ts";
import type { ProgramLimits } from "./command-descriptor.ts";
import type { LearnerDescriptor } from "./learner-settings.ts";

/**
 * What a learner sees of the data, column by column. All columns have `rows` entries.
 *
 * Made by `applyFeatures`, alike for training, evaluation and serving.
 */
export interface FeatureMatrix {
  readonly rows: number;
  readonly columns: readonly FeatureColumn[];
  /** The same rows before the transform; absent where nobody can read them. */
  readonly inputs?: InputRows;
}

/** Rows as they were prepared, for a learner that makes its own features. Columns are read as they are needed. */
export interface InputRows {
  /** Those that the features are made of. */
  readonly columns: readonly ColumnInfo[];
  /** Values of one of the columns, or of another one that was prepared, in the order of the matrix. */
  read(name: string): Promise<Column>;
}

export type FeatureColumn =
  | { readonly kind: "numeric"; readonly name: string; /** NaN: missing. */ readonly values: Float32Array }
  | {
      readonly kind: "categorical";
      readonly name: string;
      /** Codes are 0 (missing), 1 (other or unseen), then 2 … levels + 1. */
      readonly levels: number;
      readonly codes: Uint8Array;
    };

export interface LabelledRows {
  readonly features: FeatureMatrix;
  /** Binary: 0 or 1. Multiclass: class index from 0. Regression: the value. Never NaN. */
  readonly target: Float64Array;
  /** Positive, one per row; absent: all 1. */
  readonly weights?: Float64Array;
  /** Epoch milliseconds, ascending, one per row; absent: the rows have no time. */
  readonly times?: Float64Array;
}

export interface FitRequest<Settings> {
  readonly task: Task;
  /** Number of classes: 2 for binary, at least 3 for multiclass, 0 for regression. */
  readonly classes: number;
  readonly settings: Settings;
  readonly seed: number;
  readonly train: LabelledRows;
  /** For early stopping; never empty. Of a learner that ignores them, a few rows. */
  readonly validation: LabelledRows;
  /** The live version, where this learner made it: for one that goes on from what was chosen before. */
  readonly champion?: LiveSettings;
  /** The model to go on from, which this learner has made of the same inputs; absent: it starts anew. */
  readonly start?: ArtifactFiles;
  /** What a program of the user's is told besides; absent where none can be asked for. */
  readonly program?: ProgramInputs;
  /** Threads that may help; absent: the learner works on one. They change no byte. */
  readonly threads?: Threads;
  /** Called with 0 … 1, seldom enough to print. */
  readonly onProgress?: (done: number) => void;
  /** What a program of the user's waits for once its rows are written: no two of them train at the same time. */
  readonly after?: Promise<unknown>;
  /** Called when such a program runs: from then on this process only waits. */
  readonly onStarted?: () => void;
}

export interface LiveSettings {
  /** As its lineage has them: of any shape. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Another one for each version. */
  readonly seed: number;
}

/** Threads of the machine. */
export interface Threads {
  /** Most that work at once, the calling one included. */
  readonly count: number;
  /** Run a helper on a thread of its own, which ends with it. Nothing waits for it, and it may fail to start. */
  start(helper: WasmHelper): void;
}

/**
 * A WebAssembly module over a memory that is shared. It imports `env.memory`, and `team.wait(address, seen, milliseconds)`, which is
 * `Atomics.wait` on a 32-bit word and tells whether it ended in time, and `derive.exp` and `derive.log`, which are those of `Math`. `help` is called on the new thread; where that throws, `fail`.
 */
export interface WasmHelper {
  readonly module: object;
  readonly memory: { readonly buffer: ArrayBufferLike };
}

/** What only a learner needs that runs somebody's program. */
export interface ProgramInputs {
  /** Name of the target, and its classes in the order of their codes. */
  readonly target: TargetSpec;
  /** The program's own files, by path from the repository's root. */
  readonly code: ArtifactFiles;
}

/** Files of an artifact by their path inside `artifact/`, for example `model.json`. */
export type ArtifactFiles = ReadonlyMap<string, Uint8Array>;

export interface Predictor {
  /**
   * Row-major outputs: binary, one probability of the positive class per row; multiclass, `classes` probabilities
   * per row that add up to 1; regression, one value per row. Never NaN for a valid model. The answer to a row does not
   * depend on the rows beside it. A promise where another program answers.
   */
  predict(features: FeatureMatrix): Float64Array | Promise<Float64Array>;
  /** 1 for each row that it can answer, else 0, of predictions that were made elsewhere; absent: it answers every row. */
  knows?(features: FeatureMatrix): Promise<Uint8Array>;
  /** Another program is started for each call, which takes longer than many answers; absent: none is. */
  readonly starts?: true;
  /** Names of the columns that its answers may depend on; absent: any, and whatever it reads of `inputs`. */
  readonly reads?: ReadonlySet<string>;
}

/** Answers in this process, at once. */
export interface InstantPredictor extends Predictor {
  predict(features: FeatureMatrix): Float64Array;
}

/**
 * Something that can train and predict. The same request gives the same bytes on every machine and Node version, unless
 * `mayDiffer` says otherwise.
 */
export interface Learner<Settings = unknown, Loaded extends Predictor = Predictor> extends LearnerDescriptor {
  /** Its settings say how it searches; a version names what was found, which is what `settle` gives. */
  readonly searches?: true;
  /** Its models answer in this process, with the same bits everywhere. */
  readonly answersAtOnce?: true;
  /** @throws LearnerDivergedError when the loss stops being finite, CommandFailedError when a program did not do its part. */
  fit(request: FitRequest<Settings>): Promise<ArtifactFiles>;
  /**
   * The settings with what the validation rows decided (such as the number of trees) fixed, so that training again on
   * all rows before the holdout needs no validation.
   */
  settle(settings: Settings, files: ArtifactFiles): Settings;
  /** Whether no byte of its models depends on the validation rows: nothing stops by them. Absent: they may. */
  ignoresValidation?(settings: Settings): boolean;
  /**
   * A model to go on from, with what belongs to the levels of a category in the order that they have now; absent: it knows no levels.
   *
   * @param was the features that it has learned from. @param is those of the rows that it shall learn from.
   */
  arrange?(files: ArtifactFiles, was: readonly Feature[], is: readonly Feature[]): ArtifactFiles;
  /**
   * Checks every field before use.
   *
   * @param limits of the program that answers, where one does; left out: the usual ones.
   * @throws ArtifactInvalidError naming the file and the field.
   */
  load(files: ArtifactFiles, limits?: ProgramLimits): Promise<Loaded>;
  /**
   * Opens a model that answers one request after the other in this process, where `load` starts another one for each; absent: as `load`.
   *
   * @throws ArtifactInvalidError, LearnerMissingError, NotServedError where only another program can answer.
   */
  serve?(files: ArtifactFiles): Promise<Predictor>;
  /**
   * Looks at what can be told without rows: packages that it needs, and files of the candidate.
   *
   * @param code the candidate's files, by path from the repository's root.
   * @param columns that it will be given, in their order; left out: not known yet.
   * @throws RefitError for what a run would end with.
   */
  check?(settings: Settings, code: ArtifactFiles, columns?: readonly ColumnInfo[]): Promise<void>;
  /**
   * Whether two trainings with one seed may give different models; absent or `undefined`: never. `unproven`: somebody says that they do not,
   * and nobody has tried.
   */
  mayDiffer?(settings: Settings): "unproven" | "yes" | undefined;
  /**
   * What it runs on here, as a text that is another one once that changes: a trial of whether its models differ need not be repeated then. `null`
   * or absent: it cannot be told. Of learners whose models may differ.
   */
  runtime?(settings: Settings): Promise<string | null>;
  /**
   * What keeps an artifact that somebody brings from being a model of this request, as a clause; `null`: nothing, as far as can
   * be told without training. Of learners whose models may differ.
   */
  problemOf?(request: FitRequest<Settings>, files: ArtifactFiles): string | null;
}
