/**
 * One line of text in which nothing hides: white space is one blank, and control, direction, zero-width and other
 * invisible characters and lone surrogates are gone. At most `maxLength` code points, the last then being `…`.
 */
export function visibleText(text: string, maxLength: number): string {
  if (text.length <= maxLength && plain.test(text)) return text;
  const line = text
    .replace(/\s+/gu, " ")
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, "")
    .replace(/ {2,}/g, " ")
    .trim();
  if (line.length <= maxLength) return line;
  // A code point is at most two units long, so that the rest of an endless text need not be looked at.
  const start = line.slice(0, 2 * maxLength + 2);
  const points = [...start];
  return points.length > maxLength ? `${points.slice(0, maxLength - 1).join("")}…` : line;
}

/** Words of ASCII with one blank between them: most names and numbers, of which a site has a million. */
const plain = /^[!-~]+(?: [!-~]+)*$/;
