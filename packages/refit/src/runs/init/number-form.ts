import type { Field } from "@refit/core/spec";

/** How the numbers of a column are written, in the words of the data manifest; without words: as 1234.5. */
export type NumberForm = Pick<Field, "decimalChar" | "groupChar" | "bareNumber" | "unit">;

/** A text and how many rows have it. */
export interface CountedText {
  readonly text: string;
  readonly count: number;
}

export interface FoundForm {
  readonly form: NumberForm;
  /** Rows whose text is such a number. */
  readonly rows: number;
  readonly fits: (text: string) => boolean;
  /** What all numbers are in, such as `%`; empty: nothing. */
  readonly unit: string;
  /** Another form reads as many rows, as other numbers: 1,234 is a thousand here and a little more than one there. */
  readonly other: NumberForm | null;
}

/** The character before the fraction, as other columns of the data show it; `null`: none does. */
export type Convention = "." | "," | null;

/** A number's sign, what stands around its digits, and the digits with all that separates them. */
const numberParts =
  /^\s*[+-]?([^\d+()-]*?)[+-]?((?:\d|[.,](?=\d))[\d.,'’ \u00A0\u202F]*(?:[eE][+-]?\d+)?)([^\d()+]*)$/u;

/** What may be left out without changing what a number means to a model, as long as all numbers have the same. */
const currency =
  "\\p{Sc}|US\\$|R\\$|kr|EUR|USD|GBP|CHF|JPY|CNY|INR|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|ZAR|KRW|HKD|SGD|TRY";
const before = new RegExp(`^(?:${currency})$`, "u");
const behind = new RegExp(
  `^(?:${currency}|[%‰°]|°[CF]|[kmcnµ]?[glmsWVAJ]|[kMG]?Hz|k?Wh|[kMGT]i?B|kcal|mi|ft|lbs?|oz|in|mph|km/h|m²|m³|sq ?ft|h|hrs?|hours?|min|mins|minutes?|sec|seconds?|days?|weeks?|months?|mos?|years?|yrs?)$`,
  "u",
);

const exponent = "(?:[eE][+-]?\\d+)?";
const separators = ["", ".", ",", "'", "’", " ", "\u00A0", "\u202F"];

/** All ways in which the world separates digits: the fraction by a point or a comma, thousands by something else. */
const forms: readonly { readonly form: NumberForm; readonly body: RegExp }[] = [".", ","].flatMap((decimal) =>
  separators
    .filter((group) => group !== decimal)
    .map((group) => {
      const whole = group === "" ? "\\d*" : `[1-9]\\d{0,2}(?:[${group}]\\d{2,3})*[${group}]\\d{3}|\\d*`;
      const form = {
        ...(decimal === "," && { decimalChar: decimal }),
        ...(group !== "" && { groupChar: group }),
      };
      return { form, body: new RegExp(`^(?=[${decimal}]?\\d)(?:${whole})(?:[${decimal}]\\d*)?${exponent}$`, "u") };
    }),
);

/**
 * The form in which most of the texts are numbers, and the least of a form; `null`: none is a number.
 *
 * @param convention which of two readings is taken where both fit.
 */
export function numberForm(texts: readonly CountedText[], convention: Convention): FoundForm | null {
  const parts = texts.map(({ text, count }) => ({ text, count, parts: numberParts.exec(text) }));
  const unit = commonUnit(parts);
  const bodies = parts.flatMap(({ count, parts: found }) =>
    found !== null && unitOf(found) === unit ? [{ count, body: found[2]!.trim() }] : [],
  );
  const counted = forms.map(({ form, body }) => {
    const rows = bodies.reduce((sum, each) => sum + (body.test(each.body) ? each.count : 0), 0);
    return { form, body, rows };
  });
  const best = Math.max(...counted.map(({ rows }) => rows));
  if (best === 0) return null;
  const likely = counted.filter(({ rows }) => rows === best);
  const points = bodies.some(({ body }) => /[.,]/.test(body));
  const preferred = likely.find(({ form }) => (form.decimalChar ?? ".") === (convention ?? ".")) ?? likely[0]!;
  const others = likely.filter(({ form }) => (form.decimalChar ?? ".") !== (preferred.form.decimalChar ?? "."));
  const sides = [
    ...new Set(parts.flatMap(({ parts: found }) => (found && unitOf(found) === unit ? besides(found) : []))),
  ];
  // One text on one side: what stands on both is no unit that the manifest could name.
  const plain = unit === "" ? {} : { bareNumber: false, ...(sides.length === 1 && { unit: sides[0]! }) };
  return {
    form: { ...preferred.form, ...plain },
    rows: best,
    fits: (text) => {
      const found = numberParts.exec(text);
      return found !== null && unitOf(found) === unit && preferred.body.test(found[2]!.trim());
    },
    unit,
    other: points && others.length > 0 ? others[0]!.form : null,
  };
}

/** What stands around the digits; `null`: something that may change what they mean, such as the M of 1.2M. */
function unitOf(parts: RegExpExecArray): string | null {
  const [prefix, suffix] = [parts[1]!.trim(), parts[3]!.trim()];
  const isSafe = (prefix === "" || before.test(prefix)) && (suffix === "" || behind.test(suffix));
  return isSafe ? prefix + suffix : null;
}

/** The texts before and behind the digits. */
function besides(parts: RegExpExecArray): string[] {
  return [parts[1]!.trim(), parts[3]!.trim()].filter((text) => text !== "");
}

/** The unit that the most rows have. */
function commonUnit(parts: readonly { readonly count: number; readonly parts: RegExpExecArray | null }[]): string {
  const counts = new Map<string, number>();
  for (const { count, parts: found } of parts) {
    const unit = found && unitOf(found);
    if (unit !== null) counts.set(unit, (counts.get(unit) ?? 0) + count);
  }
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}
