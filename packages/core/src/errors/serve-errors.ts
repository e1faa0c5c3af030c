import { quoted } from "./name-words.ts";
import { RefitError } from "./refit-error.ts";

/** A version that no server answers with; commands that read files may. */
export class NotServedError extends RefitError {
  readonly code = "not-served";
  readonly hint: string;

  /** @param why `predictions`: it is a list of those; otherwise the program that answers, or the column of files that it reads. */
  constructor(why: "predictions" | { readonly program: readonly string[] } | { readonly files: string }) {
    const { problem, hint } = wordsOf(why);
    super(problem);
    this.hint = hint;
  }
}

function wordsOf(why: ConstructorParameters<typeof NotServedError>[0]): { problem: string; hint: string } {
  if (why === "predictions") {
    return {
      problem: "The version is a list of imported predictions, which has none for other rows.",
      hint: "Merge a version that has a model: `refit run`, or `refit import --onnx`.",
    };
  }
  if ("files" in why) {
    return {
      problem: `The version reads files that rows name in ${quoted(why.files)}, which requests do not contain.`,
      hint: "Call its program with the files yourself.",
    };
  }
  return {
    problem: `A program (${why.program.join(" ")}) makes the predictions of this version, and it would be started again for each request.`,
    hint: "Use `refit predict` for rows in files. Or let the training write an ONNX file into the model folder, and name it in model.yaml: `onnx: model.onnx` instead of `predict`.",
  };
}
