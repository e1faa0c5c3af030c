/**
 * One file as `sha256sum` prints it, also where its name would end the line: such a line begins with a backslash.
 *
 * @param sha256 64 hex digits.
 */
export function checksumLine(file: string, sha256: string): string {
  const name = file.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
  return `${name === file ? "" : "\\"}${sha256}  ${name}`;
}
