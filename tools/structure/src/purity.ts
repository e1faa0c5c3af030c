import { Visitor, parseSync } from "vite";

import type { TextFile } from "./repository.ts";

const ambientMembers = new Set([
  "Date.now",
  "Math.random",
  "crypto.getRandomValues",
  "crypto.randomUUID",
  "performance.now",
]);

/**
 * Uses of the clock, of randomness and of the process in code; comments and strings do not count.
 *
 * @returns names such as `Date.now`, `new Date()` and `process`, in order of appearance.
 */
export function ambientUses({ path, text }: TextFile): readonly string[] {
  const found: string[] = [];
  new Visitor({
    NewExpression({ callee, arguments: values }) {
      if (callee.type === "Identifier" && callee.name === "Date" && values.length === 0) found.push("new Date()");
    },
    CallExpression({ callee }) {
      if (callee.type === "Identifier" && callee.name === "Date") found.push("Date()");
    },
    MemberExpression({ object, property }) {
      if (object.type !== "Identifier") return;
      const name = property.type === "Identifier" ? property.name : property.type === "Literal" ? property.value : null;
      if (object.name === "process") found.push("process");
      if (ambientMembers.has(`${object.name}.${String(name)}`)) found.push(`${object.name}.${String(name)}`);
    },
    UnaryExpression({ argument }) {
      if (argument.type === "Identifier" && argument.name === "process") found.push("process");
    },
  }).visit(parseSync(path, text).program);
  return found;
}
