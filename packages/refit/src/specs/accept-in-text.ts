import { isDeepStrictEqual } from "node:util";
import { isMap, isSeq, parseDocument } from "yaml";
import type { Document, Node, YAMLMap, YAMLSeq } from "yaml";
import {
  afterLine,
  beforeBracket,
  endOf,
  indentOf,
  isEmpty,
  pairOf,
  spliced,
  valueOf,
  type Insertion,
} from "./yaml-splices.ts";

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
  const put = splice(text, document, entry, line);
  if (put !== null && isDeepStrictEqual(valueOf(put), wanted.toJS())) return put;
  return wanted.toString({ lineWidth: 0 });
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

function splice(text: string, document: Document.Parsed, entry: AcceptEntry, line: string): string | null {
  const root = document.contents as Node | null;
  if (!isMap(root) || root.flow === true) return null;
  const insertion = insertionInto(text, root, entry, line);
  return insertion && spliced(text, insertion);
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
