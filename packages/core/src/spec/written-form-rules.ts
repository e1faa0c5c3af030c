import { quoted } from "../errors/name-words.ts";
import type { Field } from "./data-manifest.ts";
import { problemAt } from "./problems.ts";
import type { SpecProblem } from "./problems.ts";

/** Keys of a field that say how its numbers are written, where they do not fit its type or each other. */
export function numberFormProblems(field: Field, index: number): SpecProblem[] {
  const { type, decimalChar, groupChar, bareNumber, unit } = field;
  const at = (key: string) => ["schema", "fields", index, key];
  const only = (key: string, types: string) => problemAt(at(key), `only ${types} one, and type is ${quoted(type)}`);
  const isNumber = type === "number" || type === "integer";
  const problems: SpecProblem[] = [];
  if (decimalChar !== undefined && type !== "number") problems.push(only("decimalChar", "number has"));
  for (const [key, value] of Object.entries({ groupChar, bareNumber }))
    if (value !== undefined && !isNumber) problems.push(only(key, "number and integer have"));
  if (unit !== undefined && bareNumber !== false)
    problems.push(problemAt(at("unit"), "needs `bareNumber: false`; without it only the number is read"));
  if (unit !== undefined && !/^[^\d\s()+-](?:[^\d()+-]*[^\d\s()+-])?$/u.test(unit))
    problems.push(problemAt(at("unit"), `${quoted(unit)} looks like a number; expected a text such as "kg"`));
  if (problems.length > 0) return problems;

  for (const [key, value] of Object.entries({ decimalChar, groupChar }))
    if (value !== undefined && /[\deE+-]/.test(value))
      problems.push(problemAt(at(key), `${quoted(value)} is a part of numbers; it separates digits`));
  if (type === "number" && groupChar !== undefined && groupChar === (decimalChar ?? ".")) {
    const advice = decimalChar === undefined ? '; declare the decimalChar, such as ","' : "";
    problems.push(problemAt(at("groupChar"), `is ${quoted(groupChar)} like the decimalChar${advice}`));
  }
  return problems;
}

/** Letters of the parts of a pattern that DuckDB reads, and those of numbers that it also reads without a leading zero. */
const partLetters = "aAwdbBmyYHIpMSgfnzZjUWcxXGuVT%";
const unpaddedLetters = "dmyHIMSj";

/** A strptime pattern that DuckDB does not know; it says so only when it reads the rows. */
export function formatProblems(format: string, at: SpecProblem["path"]): SpecProblem[] {
  const parts = format.match(/%(?:-.|.)?/gsu) ?? [];
  if (parts.length === 0) {
    const advice = "write a strptime pattern such as %d.%m.%Y";
    return [problemAt(at, `${quoted(format)} has no part such as %d; ${advice}`)];
  }
  const isKnown = (part: string) => {
    const letter = part.slice(1).replace("-", "");
    return letter !== "" && (part.startsWith("%-") ? unpaddedLetters : partLetters).includes(letter);
  };
  const unknown = parts.find((part) => !isKnown(part));
  if (unknown === undefined) return [];
  const known = "it knows %Y, %m, %d, %H, %M, %S and others, and an escaped %%";
  return [problemAt(at, `${quoted(unknown)} is not a part of a strptime pattern that DuckDB knows; ${known}`)];
}
