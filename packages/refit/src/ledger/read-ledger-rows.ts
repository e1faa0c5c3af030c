import { ledgerKey, type LedgerLine, type LedgerRow } from "@refit/core/history";
import type { Repository } from "../ports/repository.ts";
import { sha256 } from "../sha256.ts";
import { type LazyParser, parsedObject, parsedOnce, type ParsePorts } from "../specs/parse-cache.ts";
import { decodeText } from "../text.ts";

/** Lines of a part of a file. */
const PART_LINES = 200;

/** The parsed form of a file. A ledger grows at its end, so its complete parts stay as they are: each is parsed and kept once. */
interface ParsedFile {
  /** sha256 of the text of each complete part, under which its rows are kept. */
  readonly parts: readonly string[];
  /** Rows after the complete parts. */
  readonly rest: readonly KeptRow[];
}

/** A line of a kind that only a newer refit knows is kept as its text. */
type KeptRow = LedgerRow | string;

/**
 * Rows of a ledger file in git, oldest first; none if there is no such file.
 *
 * @param object such as `<commit>:<path>`. @param file as messages name it.
 * @throws LedgerInvalidError naming file and line, FormatNewerError
 */
export async function readLedgerRows(
  ports: ParsePorts,
  repository: Repository,
  object: string,
  file: string,
): Promise<readonly Pick<LedgerLine, "key" | "row">[]> {
  const partRows = async (part: number, id: string, text: () => Promise<string>) =>
    (await parsedOnce(ports, repository, partParser(file, part), { id, text }))!.value;
  const parsed = await parsedObject(ports, repository, object, {
    kind: `ledger-file ${file}`,
    placeOf: () => file,
    async parse(text): Promise<ParsedFile> {
      const { complete, rest } = partsOf(text);
      const parts = complete.map(sha256);
      // One after the other, so that an error names the first invalid line.
      for (const [part, id] of parts.entries()) await partRows(part, id, async () => complete[part]!);
      return { parts, rest: await parsedRows(file, rest, parts.length) };
    },
  });
  if (parsed === null) return [];
  const rows: KeptRow[] = [];
  for (const [part, id] of parsed.parts.entries()) {
    rows.push(...(await partRows(part, id, async () => (await textsOf(ports, object))[part]!)));
  }
  rows.push(...parsed.rest);
  return rows.map((row) => (typeof row === "string" ? { key: row, row: null } : { key: ledgerKey(row), row }));
}

/** Texts of the complete parts of a file, for one that is no longer kept. */
async function textsOf({ git }: ParsePorts, object: string): Promise<readonly string[]> {
  const [bytes] = await git.read([object]);
  return partsOf(decodeText(bytes!)).complete;
}

function partsOf(text: string): { readonly complete: readonly string[]; readonly rest: string } {
  const complete: string[] = [];
  let start = 0;
  let lines = 0;
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) {
    if (++lines % PART_LINES !== 0) continue;
    complete.push(text.slice(start, end + 1));
    start = end + 1;
  }
  return { complete, rest: text.slice(start) };
}

const partParser = (file: string, part: number): LazyParser<readonly KeptRow[]> => ({
  kind: `ledger-part ${file}`,
  placeOf: () => `${file} ${part}`,
  parse: (text) => parsedRows(file, text, part),
});

/** The schema library is loaded only for rows that were not parsed before. */
async function parsedRows(file: string, text: string, part: number): Promise<readonly KeptRow[]> {
  const { readLedgerLines } = await import("./ledger-rows.ts");
  return readLedgerLines(file, text, part * PART_LINES + 1).map(({ row, text: line }) => row ?? line);
}
