/** Days, and the months that have them. */
interface DayGroup {
  readonly days: string;
  readonly unpadded: string;
  readonly months: readonly number[];
  /** Whether a year has to be a leap year. */
  readonly isLeap: boolean;
}

const all = Array.from({ length: 12 }, (_, i) => i + 1);
const dayGroups: readonly DayGroup[] = [
  { days: "0[1-9]|1[0-9]|2[0-8]", unpadded: "0?[1-9]|1[0-9]|2[0-8]", months: all, isLeap: false },
  { days: "29", unpadded: "29", months: [2], isLeap: true },
  { days: "29|30", unpadded: "29|30", months: all.filter((month) => month !== 2), isLeap: false },
  { days: "31", unpadded: "31", months: [1, 3, 5, 7, 8, 10, 12], isLeap: false },
];

const months = "January February March April May June July August September October November December".split(" ");
const fourth = "[02468][048]|[13579][26]";

type LetterPattern = (group: DayGroup) => string;
const leapYears = `[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:${fourth})00`;
const ofMonths =
  (write: (month: number) => string): LetterPattern =>
  (group) =>
    group.months.map(write).join("|");

/** What a letter of `strptime` reads, as far as all texts of the pattern are read. */
const parts: Readonly<Record<string, LetterPattern>> = {
  Y: ({ isLeap }) => (isLeap ? leapYears : "[0-9]{4}"),
  // Two digits are 1969 to 2068, in which each fourth year is a leap year.
  y: ({ isLeap }) => (isLeap ? fourth : "[0-9]{2}"),
  m: ofMonths((month) => String(month).padStart(2, "0")),
  "-m": ofMonths((month) => (month < 10 ? `0?${month}` : String(month))),
  b: ofMonths((month) => months[month - 1]!.slice(0, 3)),
  B: ofMonths((month) => months[month - 1]!),
  d: ({ days }) => days,
  "-d": ({ unpadded }) => unpadded,
  H: () => "[01][0-9]|2[0-3]",
  M: () => "[0-5][0-9]",
  S: () => "[0-5][0-9]",
  f: () => "[0-9]{1,6}",
};

/**
 * The texts that a `strptime` format of dates and times surely reads, as the source of a regular expression for the whole text: no 30th of
 * February. Digits are ASCII. What is read besides, such as a day without its zero, is left out.
 *
 * @returns `null`: it has a letter, or an order of letters, that no pattern is known for.
 */
export function writtenPattern(format: string): string | null {
  const tokens = format.match(/%-?[A-Za-z]|%%|[^%]/gu) ?? [];
  const letters = tokens.flatMap((token) => (/^%[^%]/.test(token) ? [token.slice(1)] : []));
  const isKnown = tokens.join("") === format && letters.every((letter) => Object.hasOwn(parts, letter));
  const said = new Set(letters.map(partOf));
  const isClear = said.size === letters.length && !/%-[a-z]%[a-z-]|%[a-z]%-/i.test(format);
  if (!isKnown || !isClear) return null;
  // Without both a day and its month, no day is too late.
  const isDay = said.has("day") && said.has("month");
  const groups = isDay ? dayGroups.filter(({ isLeap }) => !isLeap || said.has("year")) : [anyDay];
  const written = groups.map((group) => tokens.map((token) => tokenPattern(token, group)).join(""));
  return `^(?:${written.join("|")})$`;
}

const anyDay: DayGroup = {
  days: "0[1-9]|[12][0-9]|3[01]",
  unpadded: "0?[1-9]|[12][0-9]|3[01]",
  months: all,
  isLeap: false,
};

/** Of a date or a time; several letters may be of one. */
function partOf(letter: string): string {
  if (/^(?:-?m|b|B)$/.test(letter)) return "month";
  if (/^-?d$/.test(letter)) return "day";
  return /^y$/i.test(letter) ? "year" : letter;
}

function tokenPattern(token: string, group: DayGroup): string {
  if (token === "%%") return "%";
  if (token.length === 1 || !token.startsWith("%")) return token.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return `(?:${parts[token.slice(1)]!(group)})`;
}
