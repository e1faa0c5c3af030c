import { quoted } from "../errors/name-words.ts";
import { finding } from "./finding-codes.ts";
import type { Finding } from "./finding.ts";

/** How many rows of a file were taken for new without a comparison. */
interface AssumedRows {
  readonly path: string;
  readonly rows: number;
  readonly added: number;
  /** How many more there are than before, or how many are later than all before; absent: rows were compared. */
  readonly assumed?: "more" | "later";
}

/** An earlier file whose bytes cannot be had, and why. */
interface UnreadRows {
  readonly path: string;
  readonly rows: number;
  readonly why: "untracked" | "gone-from-git" | "gone-from-place" | "unknown";
}

const causes: Readonly<Record<UnreadRows["why"], string>> = {
  untracked: "git does not track it, and this machine has not kept it",
  "gone-from-git": "git does not have its earlier bytes any more",
  "gone-from-place": "its store does not provide the earlier version",
  unknown: "the ledger does not say where they are",
};

const named = (paths: readonly string[]) =>
  `${quoted(paths[0]!)}${paths.length > 1 ? ` and ${paths.length - 1} more ${paths.length === 2 ? "file" : "files"}` : ""}`;

/** Says that new rows were not found by comparing them, why, and what was assumed. */
export function uncountedRows(news: {
  readonly files: readonly AssumedRows[];
  readonly unread: readonly UnreadRows[];
}): Finding[] {
  const [first] = news.unread;
  if (first === undefined) return [];
  const files = news.files.filter(({ assumed }) => assumed !== undefined);
  const before = news.unread.reduce((sum, { rows }) => sum + rows, 0);
  const earlier = `the ${before} earlier rows of ${named(news.unread.map(({ path }) => path))} cannot be read (${causes[first.why]})`;
  if (files.length === 0) return [uncounted(first.path, 0, `It is not known which rows are gone: ${earlier}.`)];
  const added = files.reduce((sum, each) => sum + each.added, 0);
  const rows = files.reduce((sum, each) => sum + each.rows, 0);
  const isLater = files.some(({ assumed }) => assumed === "later");
  const basis = isLater ? "those that are later than all earlier rows" : "as many as the file has more than before";
  const where = `It is not known which rows of ${named(files.map(({ path }) => path))} are new: ${earlier}.`;
  const message = `${where} Assumed to be new: ${added} of ${rows} rows, ${basis}; all were checked, and corrected rows are not recognised.`;
  return [uncounted(files[0]!.path, added, message)];
}

function uncounted(file: string, count: number, message: string): Finding {
  return finding("rows-uncounted", { file, count }, message);
}
