import { sha256 } from "../../sha256.ts";

const line = /^# Written by `refit init --github` \(([0-9a-f]{16})\)[^\n]*\n/;

/** A file that `init` may write again as long as nobody has changed it: its first line says what was written. */
export function withMark(text: string): string {
  const mark = `# Written by \`refit init --github\` (${digestOf(text)}), which writes it anew as long as nobody has changed it.`;
  return `${mark}\n${text}`;
}

/** Whether a file is as `init` has written it, whichever line ends git has given it. */
export function isAsWritten(text: string): boolean {
  const plain = text.replaceAll("\r\n", "\n");
  const [mark, digest] = line.exec(plain) ?? [];
  return mark !== undefined && digestOf(plain.slice(mark.length)) === digest;
}

const digestOf = (text: string): string => sha256(text).slice(0, 16);
