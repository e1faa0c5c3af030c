import { isAlias, isScalar, LineCounter, parseDocument, type Scalar } from "yaml";

/** From 1. */
interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a place inside a text value stands in the YAML that the value is written in. Where the value is folded or has escapes, so
 * that its own lines and columns say little, the value's start.
 *
 * @param within from 1, in the value; `null`: its start. @returns `null` where the YAML has no text there.
 */
export function placeInText(yaml: string, path: readonly string[], within: TextPosition | null): TextPosition | null {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { version: "1.2", schema: "core", prettyErrors: false, lineCounter: lines });
  const node: unknown = document.getIn(path, true);
  if (!isScalar(node) || isAlias(node) || typeof node.value !== "string" || !node.range) return null;
  const start = node.range[0];
  const { line, col: column } = lines.linePos(start);
  if (within === null) return { line, column };
  return (
    inBlock(yaml, node as Scalar<string>, line, within) ??
    inLine(yaml, node as Scalar<string>, within, { line, column })
  );
}

/** Below `row: |`, each line of the value stands on a line of its own, behind the indent. */
function inBlock(yaml: string, { type }: Scalar<string>, header: number, within: TextPosition): TextPosition | null {
  if (type !== "BLOCK_LITERAL") return null;
  const below = yaml.split("\n").slice(header);
  const first = below.find((text) => text.trim() !== "") ?? "";
  const indent = first.length - first.trimStart().length;
  return { line: header + within.line, column: indent + within.column };
}

/** On one line, plain or quoted. */
function inLine(
  yaml: string,
  { type, value, range }: Scalar<string>,
  within: TextPosition,
  start: TextPosition,
): TextPosition {
  const quote = type === "PLAIN" ? 0 : 1;
  const written = yaml.slice(range![0] + quote, range![0] + quote + value.length);
  return written === value && within.line === 1
    ? { line: start.line, column: start.column + quote + within.column - 1 }
    : start;
}
