import { Visitor, parseSync } from "vite";

import type { TextFile } from "./repository.ts";

/** A text in a file of code. `line`: where it begins, from 1. */
export interface PlacedText {
  readonly line: number;
  readonly text: string;
}

/** Every text in a file of code: literals, and the fixed parts of templates, each with `…` for what is filled in. */
export function textsOf({ path, text: code }: TextFile): readonly PlacedText[] {
  const texts: { start: number; text: string }[] = [];
  new Visitor({
    Literal: (node) => void (typeof node.value === "string" && texts.push({ start: node.start, text: node.value })),
    TemplateLiteral: ({ start, quasis }) =>
      void texts.push({ start, text: quasis.map(({ value }) => value.cooked ?? value.raw).join("…") }),
  }).visit(parseSync(path, code).program);
  return texts.map(({ start, text }) => ({ line: lineAt(code, start), text }));
}

/** The line of a place in a text, from 1. */
export function lineAt(text: string, place: number): number {
  return text.slice(0, place).split("\n").length;
}
