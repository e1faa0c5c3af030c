/** Files of what was seen in production, with every field checked: apart, since it brings the schema library. */
import { dayFileText, mergeDayFiles, readDayFile } from "@refit/core/production";
import { decodeText, encodeText } from "../text.ts";

/**
 * What several monitors know of a day, from the earliest on.
 *
 * @returns `null`: the first of them knows all.
 * @throws LedgerInvalidError, FormatNewerError
 */
export function mergedDay(file: string, contents: readonly (Uint8Array | null)[]): Uint8Array | null {
  const texts = contents.flatMap((bytes) => (bytes === null ? [] : [decodeText(bytes)]));
  const [first, ...later] = texts.map((text) => readDayFile(file, text));
  if (first === undefined) return null;
  const text = dayFileText(later.reduce(mergeDayFiles, mergeDayFiles(null, first)));
  return contents[0] !== null && text === texts[0] ? null : encodeText(text);
}
