/** The next of a sequence of numbers from 0 to 1, exclusive. */
export type Draw = () => number;

/** A generator of 32 bits of state (mulberry32): the same sequence everywhere. */
export function drawing(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const encoder = new TextEncoder();

/**
 * What a stored text may have become, by a hand, a tool, a disk or an enemy: one to three changes. A text that is JSON is
 * mostly changed in its values, so that most of it still looks right; any text also in its letters and bytes.
 */
export function mutated(text: string, draw: Draw): Uint8Array {
  let changed = text;
  for (let changes = 1 + below(draw, 3); changes > 0; changes--) {
    const value = parsed(changed);
    changed = value !== undefined && draw() < 0.75 ? inItsValues(value, draw) : inItsLetters(changed, draw);
  }
  const bytes = encoder.encode(changed);
  return draw() < 0.1 ? inItsBytes(bytes, draw) : bytes;
}

/** The same for a text of lines each of which is JSON. */
export function mutatedLines(text: string, draw: Draw): Uint8Array {
  if (draw() < 0.2) return mutated(text, draw);
  const lines = text.split("\n");
  const at = below(draw, lines.length);
  const line = new TextDecoder().decode(mutated(lines[at]!, draw));
  return encoder.encode(lines.with(at, line).join("\n"));
}

const below = (draw: Draw, end: number) => Math.floor(draw() * end);
const pick = <T>(draw: Draw, from: readonly T[]): T => from[below(draw, from.length)]!;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Stands in a value for what `JSON.stringify` cannot write; its letters follow, between quotes. */
const raw = "\uE000raw ";

/** Values that look alike, mean something to JavaScript, or do not fit. Functions: made when they are needed. */
const values: readonly (() => unknown)[] = [
  ...[null, true, false, 0, -1, 1, 1.5, 2, 255, 2 ** 31, 2 ** 53, -(2 ** 53), 1e21, 5e-324, 1.7e308].map(
    (it) => () => it,
  ),
  ...["1e999", "-1e999", "-0", "NaN", "Infinity", "0x10", "01", "1.", "undefined"].map((it) => () => raw + it),
  ...["", "0", "1", "NaN", "null", "true", "__proto__", "constructor", "toString", "../../x", "/etc/passwd"].map(
    (it) => () => it,
  ),
  ...["\u0000", "\uD800", "\u202E", "\u001B[31m", "\uFEFF", "a\nb", "<!--", "`", "|", "%s", "${x}"].map(
    (it) => () => it,
  ),
  ...["2026-02-30", "9999-12-31T23:59:59Z", "+275760-09-14", "sha256:", "f".repeat(40), "F".repeat(64)].map(
    (it) => () => it,
  ),
  () => [],
  () => ({}),
  () => [[]],
  () => ({ kind: "other" }),
  () => "x".repeat(100_000),
  () => Array.from({ length: 3000 }, (_, i) => i),
  () => Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`k${i}`, i])),
  () => raw + "[".repeat(200) + "]".repeat(200),
  () => raw + "[".repeat(100_000) + "]".repeat(100_000),
  () => raw + '{"a":'.repeat(20_000) + "1" + "}".repeat(20_000),
  () => raw + "[".repeat(100_000),
];

const names = [
  "__proto__",
  "constructor",
  "prototype",
  "hasOwnProperty",
  "toString",
  "length",
  "",
  "0",
  "a.b",
  "ﬁ",
  "\uD800",
];

type Place = { readonly parent: Record<string, unknown> | unknown[]; readonly key: string };

function inItsValues(value: unknown, draw: Draw): string {
  const top = { value };
  const places = placesIn(top);
  const { parent, key } = pick(draw, places);
  const own = parent as Record<string, unknown>;
  const found = own[key];
  const list = Array.isArray(parent) ? parent : null;
  pick(draw, [
    () => (own[key] = pick(draw, values)()),
    () => (own[key] = pick(draw, values)()),
    () => (own[key] = near(found, draw)),
    () => (own[key] = near(found, draw)),
    () => (list === null ? delete own[key] : list.splice(Number(key), 1)),
    () => list?.splice(Number(key), 0, copy(found)),
    () => (list === null ? renamed(own, key, pick(draw, names)) : list.reverse()),
    () => list === null && define(own, pick(draw, names), pick(draw, values)()),
    () => (own[key] = copy(valueAt(pick(draw, places)))), // of somewhere else in the same file
    () => (own[key] = [found]),
  ])();
  return written(top.value, pick(draw, [0, 0, 2]));
}

/** Almost what was there. */
function near(found: unknown, draw: Draw): unknown {
  if (typeof found === "number")
    return pick(draw, [-found, found + 1, found - 1, found + 0.5, found * 1e300, raw + "-" + found]);
  if (typeof found === "boolean") return !found;
  if (typeof found !== "string") return found === null ? 0 : null;
  const at = below(draw, found.length + 1);
  return pick(draw, [
    found.slice(0, at),
    found.slice(0, at) + pick(draw, ["0", "x", " ", "\n", "\u0000", "é"]) + found.slice(at + 1),
    found.toUpperCase(),
    `${found} `,
    Number(found),
  ]);
}

const valueAt = ({ parent, key }: Place) => (parent as Record<string, unknown>)[key];

/** Every value that lies in another one; without recursion, since it may be deep. At most ten thousand. */
function placesIn(top: Record<string, unknown>): Place[] {
  const places: Place[] = [{ parent: top, key: "value" }];
  for (let i = 0; i < places.length && places.length < 10_000; i++) {
    const inner = valueAt(places[i]!);
    if (typeof inner !== "object" || inner === null) continue;
    for (const key of Object.keys(inner).slice(0, 200)) places.push({ parent: inner as Place["parent"], key });
  }
  return places;
}

/** `undefined` for what is too deep to be copied. */
function copy(value: unknown): unknown {
  return parsed(written(value));
}

function renamed(own: Record<string, unknown>, key: string, name: string): void {
  const { [key]: value } = own;
  delete own[key];
  define(own, name, value);
}

/** Also where the name has a setter. */
function define(own: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(own, name, { value, enumerable: true, configurable: true, writable: true });
}

function written(value: unknown, indent = 0): string {
  let text: string;
  try {
    text = JSON.stringify(value, null, indent) ?? "";
  } catch {
    return "["; // too deep to be written again
  }
  return text.replaceAll(/"\uE000raw ((?:[^"\\]|\\.)*)"/g, (_, inner: string) => inner.replaceAll('\\"', '"'));
}

function inItsLetters(text: string, draw: Draw): string {
  const at = below(draw, text.length + 1);
  const end = Math.min(text.length, at + below(draw, 40));
  return pick(draw, [
    () => text.slice(0, at),
    () => text.slice(at),
    () => text.slice(0, at) + text.slice(end),
    () => text.slice(0, end) + text.slice(at),
    () =>
      text.slice(0, at) +
      pick(draw, [
        "\uFEFF",
        "\u0000",
        "\uD800",
        "{",
        "}",
        "[",
        "]",
        '"',
        ",",
        ":",
        "\\",
        "\n",
        "\t",
        "- ",
        "&a ",
        "*a",
        "!!x ",
        "#",
      ]) +
      text.slice(at),
    () => `\uFEFF${text}`,
    () => text + text,
    () => `[${text}]`,
    () => text.replaceAll("\n", "\r\n"),
    () => text.replace(/"(\w+)":/, '"$1":1,"$1":'), // the same key twice
    () => text.replace(/\d+/, "9".repeat(400)),
    () => "",
  ])();
}

function inItsBytes(bytes: Uint8Array, draw: Draw): Uint8Array {
  const changed = Uint8Array.from(bytes);
  for (let flips = 1 + below(draw, 3); flips > 0 && changed.length > 0; flips--)
    changed[below(draw, changed.length)]! ^= 1 << below(draw, 8);
  return changed;
}
