/** The workflow asks for something that cannot be, or the runner lacks it; the message is all that a person needs. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly problem: string;
  /** What the person can do, where the problem does not say it. */
  readonly hint: string | null;

  constructor(problem: string, hint: string | null = null) {
    super(hint === null ? problem : `${problem} ${hint}`);
    this.problem = problem;
    this.hint = hint;
  }
}
