import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from "yaml";

/** An entry of `checks.accept`. */
export interface AcceptEntry {
  readonly column: string;
  readonly finding: string;
  readonly reason: string;
}

/**
 * The text of a data manifest with one more entry under `checks.accept`; with the same finding of the same column accepted
 * already, that entry's reason is replaced.
 *
 * Only the characters of the entry are put in, so that comments and layout stay as people wrote them. A layout that this
 * cannot be done in, such as an alias, is written anew by the YAML library, which keeps comments too.
 *
 * @param text that was read as a data manifest before.
 * @param line the entry as YAML on one line.
 */
export function acceptInText(text: string, entry: AcceptEntry, line: string): string {
  const document = parseDocument(text);
  const wanted = withEntry(document, entry);
  const spliced = splice(text, document, entry, line);
  if (spliced !== null && isDeepStrictEqual(valueOf(spliced), wanted.toJS())) return spliced;
  return wanted.toString({ lineWidth: 0 });
}

function valueOf(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}

function withEntry(document: Document.Parsed, entry: AcceptEntry): Document {
  const wanted = document.clone();
  const accepted = wanted.toJS()?.checks?.accept as readonly AcceptEntry[] | null | undefined;
  const known = accepted?.findIndex((each) => isSame(each, entry)) ?? -1;
  if (known >= 0) wanted.setIn(["checks", "accept", known, "reason"], entry.reason);
  else if (Array.isArray(accepted)) wanted.addIn(["checks", "accept"], { ...entry });
  else if (isMap(wanted.get("checks"))) wanted.setIn(["checks", "accept"], [{ ...entry }]);
  else wanted.set("checks", wanted.createNode({ accept: [{ ...entry }] }));
  return wanted;
}

const isSame = (a: AcceptEntry, b: AcceptEntry) => a.column === b.column && a.finding === b.finding;

/** Where something is put in, and what; between `at` and `until` text goes. */
interface Insertion {
  readonly at: number;
  readonly until?: number;
  readonly words: string;
}

function splice(text: string, document: Document.Parsed, entry: AcceptEntry, line: string): string | null {
  const root = document.contents as Node | null;
  if (!isMap(root) || root.flow === true) return null;
  const insertion = insertionInto(text, root, entry, line);
  if (insertion === null) return null;
  const { at, until = at, words } = insertion;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return text.slice(0, at) + words.replaceAll("\n", eol) + text.slice(until);
}

function insertionInto(text: string, root: YAMLMap, entry: AcceptEntry, line: string): Insertion | null {
  const checks = pairOf(root, "checks");
  if (checks === null) return afterLine(text, endOf(root), `checks:\n  accept:\n    - ${line}\n`);
  const { value } = checks;
  if (!isMap(value)) return isEmpty(value) ? afterLine(text, endOf(checks.key), `  accept:\n    - ${line}\n`) : null;
  const accept = pairOf(value, "accept");
  if (accept === null) return intoChecks(text, value, line);
  if (isSeq(accept.value)) return intoAccepted(text, accept.value, entry, line);
  if (!isEmpty(accept.value) || value.flow === true) return null;
  return afterLine(text, endOf(accept.key), `${indentOf(text, accept.key)}  - ${line}\n`);
}

function intoChecks(text: string, checks: YAMLMap, line: string): Insertion | null {
  if (checks.flow === true) return beforeBracket(text, checks, `accept: [${line}]`);
  const indent = indentOf(text, checks.items[0]?.key);
  return afterLine(text, endOf(checks), `${indent}accept:\n${indent}  - ${line}\n`);
}

function intoAccepted(text: string, accepted: YAMLSeq, entry: AcceptEntry, line: string): Insertion | null {
  const known = accepted.items.find((item) => isMap(item) && isSame(item.toJSON() as AcceptEntry, entry));
  if (known !== undefined) {
    const range = (known as Node).range;
    return range && isMap(known) && known.flow === true ? { at: range[0], until: range[1], words: line } : null;
  }
  if (accepted.flow === true) return beforeBracket(text, accepted, line);
  const dash = text.lastIndexOf("-", (accepted.items[0] as Node).range?.[0]);
  const indent = text.slice(text.lastIndexOf("\n", dash) + 1, dash);
  return /^ *$/.test(indent) ? afterLine(text, endOf(accepted), `${indent}- ${line}\n`) : null;
}

/** Before the `]` or `}` of a collection. */
function beforeBracket(text: string, collection: YAMLMap | YAMLSeq, words: string): Insertion | null {
  if (!collection.range) return null;
  const bracket = collection.range[1] - 1;
  const inside = text.slice(collection.range[0] + 1, bracket);
  if (inside.includes("#") || inside.includes("\n")) return null;
  const padding = /\s*$/.exec(inside)![0];
  const separator = collection.items.length === 0 ? "" : inside.trimEnd().endsWith(",") ? " " : ", ";
  return { at: bracket - padding.length, words: `${separator}${words}` };
}

/** After the line that a value ends on, whatever comment stands behind it. */
function afterLine(text: string, end: number | null, lines: string): Insertion | null {
  if (end === null) return null;
  if (end > 0 && text[end - 1] === "\n") return { at: end, words: lines };
  const lineEnd = text.indexOf("\n", end);
  return lineEnd === -1 ? { at: text.length, words: `\n${lines}` } : { at: lineEnd + 1, words: lines };
}

function pairOf(map: YAMLMap, name: string): Pair<Node> | null {
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === name);
  return (pair as Pair<Node> | undefined) ?? null;
}

function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null && value.source !== "null" && value.source !== "~");
}

/** Where the last thing in a node ends, without the comments and blank lines that follow it. */
function endOf(node: unknown): number | null {
  const collection = node as YAMLMap | YAMLSeq;
  if ((isMap(node) || isSeq(node)) && collection.flow !== true && collection.items.length > 0) {
    const last = collection.items.at(-1);
    if (isSeq(node)) return endOf(last);
    const { key, value } = last as Pair;
    return isEmpty(value) ? endOf(key) : endOf(value);
  }
  return (node as Node | null)?.range?.[1] ?? null;
}

function indentOf(text: string, key: unknown): string {
  const start = (key as Node | undefined)?.range?.[0] ?? 0;
  return text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
}
