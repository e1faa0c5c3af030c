import { Visitor, parseSync } from "vite";

import type { TextFile } from "./repository.ts";

/** Every text in a file of code: literals, and the fixed parts of templates, each with `…` for what is filled in. */
export function textsOf({ path, text }: TextFile): readonly string[] {
  const texts: string[] = [];
  new Visitor({
    Literal: (node) => void (typeof node.value === "string" && texts.push(node.value)),
    TemplateLiteral: (node) => void texts.push(node.quasis.map(({ value }) => value.cooked ?? value.raw).join("…")),
  }).visit(parseSync(path, text).program);
  return texts;
}
