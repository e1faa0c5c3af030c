import { isDeepStrictEqual } from "node:util";
import { isMap, isSeq, parseDocument } from "yaml";
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from "yaml";
import { afterLine, beforeBracket, endOf, indentOf, pairOf, spliced, valueOf, type Insertion } from "./yaml-splices.ts";

/** A number that is written at a place of a YAML document; `null`: what is there is taken out. */
export interface TextEdit {
  /** Names of keys and, in a list, places from 0. A number goes to a key, or to a key of a key. */
  readonly path: readonly (string | number)[];
  readonly value: number | null;
}

/**
 * The text of a YAML document with other values. Only the characters of the values change, so that comments, order and layout
 * stay as people wrote them. A layout that this cannot be done in, such as an alias, is written anew by the YAML library, which
 * keeps comments too.
 *
 * @param below a key that is there; keys that are not there yet are written below it.
 */
export function editInText(text: string, edits: readonly TextEdit[], below: string): string {
  return edits.reduce((before, edit) => edited(before, edit, below), text);
}

/**
 * The text of a YAML document with top-level keys of another one in place of its own, as they are written there; those that mean
 * the same stay, those that are not there yet are written below a key that is.
 */
export function putKeysInText(text: string, other: string, below: string): string {
  const root = parseDocument(other).contents;
  if (!isMap(root)) return text;
  return root.items.reduce((before, pair) => withKey(before, other, pair as Pair<Node, Node | null>, below), text);
}

function withKey(text: string, other: string, { key, value }: Pair<Node, Node | null>, below: string): string {
  const document = parseDocument(text);
  const wanted = document.clone();
  wanted.set(key, value);
  const before = document.toJS() as unknown;
  if (isDeepStrictEqual(before, wanted.toJS())) return text;
  const words = other.slice(key.range![0], endOf(value) ?? endOf(key)!);
  const simple = spliced(text, placeOfKey(text, document, String(key), { words, below }));
  return isDeepStrictEqual(valueOf(simple), wanted.toJS()) ? simple : wanted.toString({ lineWidth: 0 });
}

/** Where a key stands; below another one, where it does not yet. */
function placeOfKey(
  text: string,
  { contents }: Document.Parsed,
  key: string,
  { words, below }: { readonly words: string; readonly below: string },
): Insertion {
  const nowhere = { at: text.length, words: "" };
  if (!isMap(contents)) return nowhere;
  const pair = pairOf(contents, key);
  if (pair === null) return afterLine(text, endOf(pairOf(contents, below)?.value), `${words}\n`) ?? nowhere;
  return { at: startOf(pair) ?? text.length, until: lastOf(pair) ?? text.length, words };
}

function edited(text: string, edit: TextEdit, below: string): string {
  const document = parseDocument(text);
  const wanted = document.clone();
  if (edit.value === null) wanted.deleteIn(edit.path);
  else wanted.setIn(edit.path, edit.value);
  const insertion = edit.value === null ? cut(text, document, edit.path) : put(text, document, edit, below);
  const simple = insertion && spliced(text, insertion);
  if (simple !== null && isDeepStrictEqual(valueOf(simple), wanted.toJS())) return simple;
  return wanted.toString({ lineWidth: 0 });
}

function put(text: string, document: Document, { path, value }: TextEdit, below: string): Insertion | null {
  const [outer, inner] = path as readonly string[];
  const root = document.contents;
  if (!isMap(root) || root.flow === true) return null;
  const pair = pairOf(root, outer!);
  if (pair === null) {
    const words = inner === undefined ? String(value) : `{ ${inner}: ${value} }`;
    return afterLine(text, endOf(pairOf(root, below)?.value), `${outer}: ${words}\n`);
  }
  const place: Pair<Node> | null = inner === undefined ? pair : isMap(pair.value) ? pairOf(pair.value, inner) : null;
  if (place !== null) return over(place.value as Node | null, String(value));
  const map = pair.value;
  if (!isMap(map)) return null;
  const words = `${inner}: ${value}`;
  if (map.flow === true) return map.items.length === 0 ? over(map, `{ ${words} }`) : beforeBracket(text, map, words);
  return afterLine(text, endOf(map), `${indentOf(text, map.items[0]?.key)}${words}\n`);
}

function over(node: Node | null, words: string): Insertion | null {
  return node?.range ? { at: node.range[0], until: node.range[1], words } : null;
}

function cut(text: string, document: Document, path: readonly (string | number)[]): Insertion | null {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent) && !isSeq(parent)) return null;
  const name = path.at(-1)!;
  const place = isMap(parent) ? parent.items.indexOf(pairOf(parent, String(name))!) : Number(name);
  if (place < 0 || parent.items[place] === undefined) return null;
  return parent.flow === true ? cutBetweenCommas(parent, place) : cutLines(text, parent.items[place]);
}

function cutBetweenCommas({ items }: YAMLMap | YAMLSeq, place: number): Insertion | null {
  const next = items[place + 1];
  const at = place === 0 ? startOf(items[0]) : lastOf(items[place - 1]);
  const until = place === 0 && next !== undefined ? startOf(next) : lastOf(items[place]);
  return at === null || until === null ? null : { at, until, words: "" };
}

/** The lines of an entry, with the comments that stand behind it on them. */
function cutLines(text: string, item: unknown): Insertion | null {
  const [start, end] = [startOf(item), lastOf(item)];
  if (start === null || end === null) return null;
  const lineEnd = text.indexOf("\n", Math.max(end - 1, 0));
  return { at: text.lastIndexOf("\n", start - 1) + 1, until: lineEnd === -1 ? text.length : lineEnd + 1, words: "" };
}

function startOf(item: unknown): number | null {
  const node = isPairLike(item) ? item.key : (item as Node | null);
  return node?.range?.[0] ?? null;
}

function lastOf(item: unknown): number | null {
  return isPairLike(item) ? endOf(item.value ?? item.key) : endOf(item);
}

function isPairLike(item: unknown): item is Pair<Node, Node | null> {
  return typeof item === "object" && item !== null && "key" in item;
}
