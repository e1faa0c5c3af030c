import { printedBy } from "./python.ts";

/** `npm run corpus -- openapi` asks for more. */
const asked = process.env["CORPUS_REQUESTS"];
const seed = process.env["CORPUS_SEED"] ?? "1";
/** Milliseconds. */
export const timeout = asked === undefined ? 180_000 : 3_600_000;
/** Systematic requests at the edges of each schema are many, however few others there are. */
const phases = asked === undefined ? "examples,fuzzing" : "examples,coverage,fuzzing";

/** Its last line when every request was answered as the description says. */
export const allPassed = /^ +\d+ generated, \d+ passed$/m;

/** Validates what a server says of itself, and sends requests of every kind. @returns what schemathesis said, long lines cut */
export async function askedByDescription(address: string): Promise<string> {
  const options = [`--phases=${phases}`, `--max-examples=${asked ?? 5}`, `--seed=${seed}`];
  const said = await printedBy("ask-openapi.py", { address, options }).catch(String);
  if (asked !== undefined) process.stdout.write(said);
  return said.replaceAll(/^(.{400}).*$/gm, "$1 …");
}
