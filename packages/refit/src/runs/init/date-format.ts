/** How dates that are not ISO 8601 are written, as the data manifest says it. */
export interface DateFormat {
  readonly type: "date" | "datetime";
  /** A strptime pattern. */
  readonly format: string;
}

const written = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?:[ T](\d{1,2}):(\d{2})(:\d{2})?)?$/;

/** The one format that fits all texts; `null`: none does, or day and month cannot be told apart. */
export function dateFormat(texts: readonly string[]): DateFormat | null {
  const formats = dateFormats(texts);
  return formats.length === 1 ? formats[0]! : null;
}

const monthNames =
  "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?";

/** Dates with the name of a month, and the pattern for it in the place of `%b`. */
const named: readonly (readonly [RegExp, string])[] = (
  [
    [`(${monthNames}) \\d{1,2} \\d{4}`, "%b %d %Y"],
    [`(${monthNames}) \\d{1,2}, \\d{4}`, "%b %d, %Y"],
    [`\\d{1,2} (${monthNames}) \\d{4}`, "%d %b %Y"],
    [`\\d{1,2}-(${monthNames})-\\d{4}`, "%d-%b-%Y"],
  ] as const
).map(([text, format]) => [new RegExp(`^${text}$`, "i"), format]);

function namedFormat(texts: readonly string[]): DateFormat | null {
  const fit = named.find(([pattern]) => texts.every((text) => pattern.test(text.trim())));
  if (fit === undefined) return null;
  const [pattern, format] = fit;
  const names = texts.map((text) => pattern.exec(text.trim())![1]!);
  if (names.every((name) => name.length === 3)) return { type: "date", format };
  // May is both, so it says nothing.
  const isLong = names.every((name) => name.length > 3 || name.toLowerCase() === "may");
  return isLong ? { type: "date", format: format.replace("%b", "%B") } : null;
}

/** The formats that fit all texts: two where day and month cannot be told apart. */
export function dateFormats(texts: readonly string[]): DateFormat[] {
  const found = texts.map((text) => written.exec(text.trim()));
  const [first] = found;
  const inWords = first === null ? namedFormat(texts) : null;
  if (inWords !== null) return [inWords];
  if (!first) return [];
  const clock = clockOf(first);
  const fits = ["%d %m %Y", "%m %d %Y", "%Y %m %d"].filter((order) =>
    found.every((parts) => parts && parts[2] === first[2] && clockOf(parts) === clock && fitsOrder(parts, order)),
  );
  // Where every day is at most the twelfth, only a dot says who wrote it.
  const orders = fits.length > 1 && first[2] === "." ? fits.filter((each) => each.startsWith("%d")) : fits;
  const type = clock === "" ? "date" : "datetime";
  return orders.map((order) => ({ type, format: `${order.replaceAll(" ", first[2]!)}${clock}` }));
}

function clockOf(parts: RegExpExecArray): string {
  if (parts[5] === undefined) return "";
  const separator = parts[0].includes("T") ? "T" : " ";
  return `${separator}%H:%M${parts[6] === undefined || parts[7] === undefined ? "" : ":%S"}`;
}

function fitsOrder(parts: RegExpExecArray, order: string): boolean {
  const numbers = [parts[1]!, parts[3]!, parts[4]!];
  return order.split(" ").every((place, i) => {
    const text = numbers[i]!;
    if (place === "%Y") return text.length === 4;
    return text.length <= 2 && Number(text) >= 1 && Number(text) <= (place === "%m" ? 12 : 31);
  });
}
