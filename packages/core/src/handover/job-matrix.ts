/** As many jobs as GitHub takes in one matrix. */
export const mostMatrixJobs = 256;

/** What one job may be given to do: a model, or one of its candidates. */
export interface MatrixUnit {
  readonly model: string;
  /** Its number in model.yaml, and its digest; absent: the model as a whole. */
  readonly candidate?: number;
  readonly digest?: string;
}

/** One job. Where it has several things to do, their values stand one after the other, with a space between. */
export interface MatrixJob {
  readonly model: string;
  readonly candidate?: string;
  readonly digest?: string;
}

/** `strategy.matrix` of a GitHub workflow, for `fromJSON`. */
export interface JobMatrix {
  readonly include: readonly MatrixJob[];
}

/**
 * Divides work among jobs: one each while they suffice, and else parts that differ in size by at most one, so that a matrix is never
 * larger than GitHub takes.
 *
 * @param most jobs, 1 to 256.
 */
export function jobMatrix(units: readonly MatrixUnit[], most: number = mostMatrixJobs): JobMatrix {
  const jobs = Math.min(units.length, most);
  const start = (job: number) => Math.floor((job * units.length) / jobs);
  return { include: Array.from({ length: jobs }, (_, job) => jobOf(units.slice(start(job), start(job + 1)))) };
}

function jobOf(units: readonly MatrixUnit[]): MatrixJob {
  const model = [...new Set(units.map((unit) => unit.model))].join(" ");
  const listed = (values: readonly (string | number | undefined)[]) => values.filter((each) => each !== undefined);
  const candidate = listed(units.map((unit) => unit.candidate)).join(" ");
  const digest = listed(units.map((unit) => unit.digest)).join(" ");
  return { model, ...(digest !== "" && { candidate, digest }) };
}
