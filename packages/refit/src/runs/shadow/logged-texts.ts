import type { Column } from "@refit/core/runtime";
import type { LoggedRow } from "./logged-rows.ts";

/** Columns of logged rows as texts, to group rows by; `null`: no row has it. */
export function loggedTexts(rows: readonly Pick<LoggedRow, "input">[]): (name: string) => Promise<Column | null> {
  return async (name) => {
    const codes = new Int32Array(rows.length).fill(-1);
    const places = new Map<string, number>();
    let isThere = false;
    for (const [row, { input }] of rows.entries()) {
      if (!Object.hasOwn(input, name)) continue;
      isThere = true;
      const value = input[name];
      if (value === null) continue;
      const text = String(value);
      const place = places.get(text) ?? places.size;
      places.set(text, place);
      codes[row] = place;
    }
    return isThere ? { kind: "text", name, type: "string", dictionary: [...places.keys()], codes } : null;
  };
}
