import { data, Evaluator, Lexer, Parser } from "@actions/expressions";

/** Values by name, such as `{ github: { ref: "refs/heads/main" }, inputs: {} }`. */
export type Contexts = Readonly<Record<string, unknown>>;

/** How the steps or jobs before went; `success()` and its like ask for it. */
export type Status = "success" | "failure" | "cancelled";

const statusFunctions = ["success", "failure", "always", "cancelled"] as const;

/** The value of an expression, without `${{ }}`, by GitHub's own parser. @throws as GitHub refuses it */
export function evaluate(expression: string, contexts: Contexts, status: Status = "success"): unknown {
  const { tokens } = new Lexer(expression).lex();
  const infos = statusFunctions.map((name) => ({ name, minArgs: 0, maxArgs: 0 }));
  const tree = new Parser(tokens, Object.keys(contexts), infos).parse();
  const known = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  const functions = new Map(
    infos.map((info) => [
      info.name,
      { ...info, call: () => new data.BooleanData(info.name === "always" || info.name === status) },
    ]),
  );
  const result = new Evaluator(tree, known, functions).evaluate();
  return JSON.parse(JSON.stringify(result, data.replacer)) as unknown;
}

/** `true` when an `if:` lets the step or job run: as GitHub, with `success() &&` before what asks for no status. */
export function isWanted(condition: unknown, contexts: Contexts, status: Status): boolean {
  if (condition === undefined) return status === "success";
  const text = String(condition).replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, "$1");
  const asks = /\b(success|failure|always|cancelled)\s*\(/.test(text);
  return Boolean(evaluate(asks ? text : `success() && (${text})`, contexts, status));
}

/** Text with every `${{ }}` in it replaced by its value. */
export function interpolate(text: unknown, contexts: Contexts): string {
  return String(text ?? "").replaceAll(/\$\{\{([\s\S]*?)\}\}/g, (_whole, expression: string) => {
    const value = evaluate(expression, contexts);
    if (value === null || value === undefined) return "";
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  });
}

/** As `interpolate`, but a value that is one expression keeps its type, such as the list of a matrix. */
export function resolve(value: unknown, contexts: Contexts): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, contexts));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, contexts)]));
  }
  if (typeof value !== "string") return value;
  const whole = /^\s*\$\{\{((?:(?!\}\})[\s\S])*)\}\}\s*$/.exec(value);
  return whole === null ? interpolate(value, contexts) : evaluate(whole[1]!, contexts);
}
