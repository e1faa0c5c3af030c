export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON with sorted keys and shortest-round-trip numbers, so that equal values are equal bytes.
 *
 * @param indent spaces per level for files that people read; 0 for digests.
 * @throws TypeError for NaN and infinities, which JSON cannot carry.
 */
export function canonicalJson(value: Json, indent = 0): string {
  return JSON.stringify(sorted(value), null, indent);
}

function sorted(value: Json): Json {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`${value} has no JSON form`);
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  const known = value as Readonly<Record<string, Json>>;
  const inOrder: Record<string, Json> = {};
  for (const key of Object.keys(known).sort()) {
    const item = sorted(known[key]!);
    // By assignment this one name would give the object another prototype.
    if (key === "__proto__") Object.defineProperty(inOrder, key, { value: item, enumerable: true });
    else inOrder[key] = item;
  }
  return inOrder;
}
