import { quoted, quotedList } from "@refit/core/errors";
import { filePlace } from "@refit/core/spec";
import type { ColumnText } from "../../ports/surveys.ts";
import type { DataNote } from "./data-note.ts";
import type { DeclaredColumn } from "./declared-column.ts";

/** Where the texts of a column lead as paths. */
export interface ColumnFiles {
  /** In which they begin, as the manifest says it; `null`: in the folder of the data file. */
  readonly folder: string | null;
  /** Texts that lead to a file. */
  readonly texts: ReadonlySet<string>;
}

/** What was decided about a column that may name files. */
interface DecidedFiles {
  /** `null`: it stays what its texts suggest. */
  readonly declared: Pick<DeclaredColumn, "type" | "folder"> | null;
  /** Texts that count as missing. */
  readonly odd: readonly ColumnText[];
  readonly notes: readonly DataNote[];
}

/** The share of values from which on a column is one of files. */
const nearlyAll = 0.9;
/** Different texts that may stand for "no file", when nobody has said so; more are more likely to be missing by mistake. */
const fewTexts = 3;
/** Endings of what programs learn from. */
const media =
  /\.(?:png|jpe?g|gif|webp|bmp|tiff?|svg|pgm|ppm|dcm|nii|wav|mp3|flac|ogg|m4a|mp4|avi|mov|pdf|txt|html?|json|xml|npy|npz)$/i;

/**
 * Decides by how many values lead to a file. A run stops at each that does not, so that few may be left aside here, and many are
 * declared only where nearly all are there.
 *
 * @param values without words that mean "no value". @param found `null`: none leads to a file.
 */
export function asFiles(name: string, values: readonly ColumnText[], found: ColumnFiles | null): DecidedFiles {
  const text = { declared: null, odd: [] };
  if (found === null) return { ...text, notes: nothingThere(name, values) };
  const odd = values.filter((value) => !found.texts.has(value.text));
  const rows = rowsOf(values);
  const missing = rowsOf(odd);
  const shown = quotedList(
    odd.map((each) => each.text),
    fewTexts,
  );
  const what =
    missing === 0
      ? `All ${rows} values of ${quoted(name)} name files, such as ${quoted(values[0]!.text)}`
      : `${rows - missing} of ${rows} values of ${quoted(name)} name files; ${missing === 1 ? "the other is" : `the other ${missing} are`} ${shown}`;
  const at = odd[0] ?? null;
  const declaration =
    found.folder === null ? "`type: file`" : `\`type: file, folder: ${JSON.stringify(found.folder)}\``;
  if (missing > (1 - nearlyAll) * rows) {
    const advice = `It is declared as text, from which no program can tell what the files hold. Once the others are there, declare ${declaration}.`;
    return { ...text, notes: [{ what, at, advice }] };
  }
  const { folder } = found;
  const isFew = odd.length <= fewTexts;
  const advice = `It is declared with ${declaration}: what a file holds is part of its row. ${adviceOn(odd, isFew)}`;
  return {
    declared: { type: "file", ...(folder !== null && { folder }) },
    odd: isFew ? odd : [],
    notes: [{ what, at, advice }],
  };
}

function adviceOn(odd: readonly ColumnText[], isFew: boolean): string {
  if (odd.length === 0) return "If the path itself is meant, declare `type: string`.";
  return isFew
    ? "Such a row has no file (`missingValues`); if that is wrong, put the files there and take their names out of that list."
    : "A run stops at files that are not there: add them, remove their rows, or declare `type: string`.";
}

/** Names that look as if there should be files. */
function nothingThere(name: string, values: readonly ColumnText[]): DataNote[] {
  const named = values.filter(({ text }) => media.test(text));
  if (named.length < 2 || rowsOf(named) < nearlyAll * rowsOf(values)) return [];
  const first = named[0]!;
  const place = filePlace(first.text, "");
  const what = `${quoted(name)} holds names such as ${quoted(first.text)}, and there are no such files in this repository`;
  const why = "problem" in place ? ` ${quoted(first.text)} ${place.problem}.` : "";
  const advice = `It is declared as text.${why} If a program is to read the files, put them into the repository and declare \`type: file, folder: FOLDER\`, the folder in which the paths begin.`;
  return [{ what, at: null, advice }];
}

const rowsOf = (texts: readonly { readonly count: number }[]) => texts.reduce((sum, { count }) => sum + count, 0);
