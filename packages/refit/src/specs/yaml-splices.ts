import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Node, Pair, YAMLMap, YAMLSeq } from "yaml";

/** Where something is put into the text of a YAML document, and what; it takes the place of what stands up to `until`. */
export interface Insertion {
  readonly at: number;
  readonly until?: number;
  readonly words: string;
}

export function spliced(text: string, { at, until = at, words }: Insertion): string {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return text.slice(0, at) + words.replaceAll("\n", eol) + text.slice(until);
}

/** `undefined`: it is not YAML. */
export function valueOf(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}

/** Before the `]` or `}` of a collection. */
export function beforeBracket(text: string, collection: YAMLMap | YAMLSeq, words: string): Insertion | null {
  if (!collection.range) return null;
  const bracket = collection.range[1] - 1;
  const inside = text.slice(collection.range[0] + 1, bracket);
  if (inside.includes("\n")) return null;
  const padding = /\s*$/.exec(inside)![0];
  const separator = collection.items.length === 0 ? "" : inside.trimEnd().endsWith(",") ? " " : ", ";
  return { at: bracket - padding.length, words: `${separator}${words}` };
}

/** After the line that a value ends on, whatever comment stands behind it. */
export function afterLine(text: string, end: number | null, lines: string): Insertion | null {
  if (end === null) return null;
  if (end > 0 && text[end - 1] === "\n") return { at: end, words: lines };
  const lineEnd = text.indexOf("\n", end);
  return lineEnd === -1 ? { at: text.length, words: `\n${lines}` } : { at: lineEnd + 1, words: lines };
}

export function pairOf(map: YAMLMap, name: string): Pair<Node> | null {
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === name);
  return (pair as Pair<Node> | undefined) ?? null;
}

export function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && value.source !== "null" && value.source !== "~");
}

/** Where the last thing in a node ends, without the comments and blank lines that follow it. */
export function endOf(node: unknown): number | null {
  const collection = node as YAMLMap | YAMLSeq;
  if ((isMap(node) || isSeq(node)) && collection.flow !== true && collection.items.length > 0) {
    const last = collection.items.at(-1);
    if (isSeq(node)) return endOf(last);
    const { key, value } = last as Pair;
    return isEmpty(value) ? endOf(key) : endOf(value);
  }
  return (node as Node | null)?.range?.[1] ?? null;
}

export function indentOf(text: string, key: unknown): string {
  const start = (key as Node | undefined)?.range?.[0] ?? 0;
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
}
