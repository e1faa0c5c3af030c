const mark = "\u0000integer:";

/** Parses JSON, keeping integers that a double cannot hold: they come as marked texts, for `exactJson` to write back. */
export function parseExactly(text: string): unknown {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
  return JSON.parse(
    text.replace(tokens, (token) => (/^-?\d{16,}$/.test(token) ? JSON.stringify(mark + token) : token)),
  );
}

/** Writes what `parseExactly` read. */
export function exactJson(value: unknown): string {
  return JSON.stringify(value).replace(/"\\u0000integer:(-?\d+)"/g, "$1");
}
