import { parse } from "yaml";

export interface StepSpec {
  readonly id?: string;
  readonly name?: string;
  readonly if?: unknown;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly "continue-on-error"?: unknown;
  readonly "working-directory"?: string;
}

export interface JobSpec {
  readonly needs?: string | readonly string[];
  readonly if?: unknown;
  readonly strategy?: { readonly matrix?: unknown };
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly steps: readonly StepSpec[];
}

export interface WorkflowSpec {
  readonly on: unknown;
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly env?: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<string, JobSpec>>;
}

export function parseWorkflow(text: string): WorkflowSpec {
  return parse(text) as WorkflowSpec;
}

/** Names of the jobs, each after those that it needs. @throws when they need each other */
export function jobsInOrder(jobs: WorkflowSpec["jobs"]): string[] {
  const order: string[] = [];
  let waiting = Object.keys(jobs);
  while (waiting.length > 0) {
    const ready = waiting.filter((name) => needsOf(jobs[name]!).every((need) => order.includes(need)));
    if (ready.length === 0)
      throw new Error(`These jobs need each other, or one that is missing: ${waiting.join(", ")}`);
    order.push(...ready);
    waiting = waiting.filter((name) => !ready.includes(name));
  }
  return order;
}

export function needsOf({ needs = [] }: JobSpec): readonly string[] {
  return typeof needs === "string" ? [needs] : needs;
}

/** All combinations of a matrix, or the jobs of one that has `include` alone. As GitHub, fails where there is none, and where there are too many. */
export function combinations(matrix: unknown): Readonly<Record<string, unknown>>[] {
  if (matrix === undefined || matrix === null) return [{}];
  const { include, ...axes } = matrix as Record<string, unknown>;
  if (include !== undefined && Object.keys(axes).length > 0) throw new Error("The matrix has axes beside `include`");
  let rows: Readonly<Record<string, unknown>>[] = include === undefined ? [{}] : recordsIn(include);
  for (const [key, values] of Object.entries(axes)) {
    if (!Array.isArray(values)) throw new Error(`The matrix's ${key} is not a list`);
    rows = rows.flatMap((row) => values.map((value: unknown) => ({ ...row, [key]: value })));
  }
  if (rows.length === 0) throw new Error("Matrix must define at least one vector");
  if (rows.length > 256) throw new Error(`The matrix has ${rows.length} jobs, more than 256`);
  return rows;
}

function recordsIn(include: unknown): Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(include)) throw new Error("The matrix's include is not a list");
  return include as Readonly<Record<string, unknown>>[];
}
