export type Expected = null | boolean | number | string | readonly Expected[] | { readonly [field: string]: Expected };

/** Our function throws on this input, on purpose, whatever the reference makes of it. */
export const refused = Symbol("refused");

/** What a function of ours says. `null` or `undefined`: it declines, because there is no sensible number. */
export type Answer =
  | undefined
  | null
  | typeof refused
  | boolean
  | number
  | readonly Answer[]
  | { readonly [field: string]: Answer };

const smallest = 1e-12;

/**
 * Where an answer differs from a reference library's, as sentences.
 *
 * - Numbers agree within the relative tolerance, or 1e-12.
 * - Where the reference throws, warns, or gives a number that is not finite, we may decline or follow a convention of
 *   our own, but never say NaN. A value that comes with a warning is right too. One such number lets us decline all of
 *   its answer: a t of infinity comes with a p of 0.
 * - Fields that we do not answer are not compared: `functions.ts` lists them.
 */
export function compare(ours: Answer, reference: Expected, tolerance: number, where = "answer"): string[] {
  if (ours === refused) return [];
  if (isObject(reference) && ("raises" in reference || "warns" in reference)) {
    if (ours === null || ours === undefined || "raises" in reference)
      return containsNaN(ours) ? [`${where} is NaN`] : [];
    return compare(ours, reference["value"]!, tolerance, where);
  }
  if (isList(reference)) {
    if (!isList(ours) || ours.length !== reference.length) return [difference(where, ours, reference)];
    return reference.flatMap((item, i) => compare(ours[i], item, tolerance, `${where}[${i}]`));
  }
  if (isObject(reference)) {
    if (ours !== null && ours !== undefined && !isObject(ours)) return [difference(where, ours, reference)];
    return Object.entries(reference).flatMap(([field, value]) => {
      const said = ours?.[field];
      if (ours && !(field in ours)) return [];
      if ((said === undefined || said === null) && Object.values(reference).some(isNoNumber)) return [];
      return compare(said, value, tolerance, `${where}.${field}`);
    });
  }
  return agrees(ours, reference, tolerance) ? [] : [difference(where, ours, reference)];
}

function agrees(ours: Answer, reference: null | boolean | number | string, tolerance: number): boolean {
  if (typeof reference === "boolean") return ours === reference;
  const number = typeof reference === "number" ? reference : Number(reference ?? NaN);
  if (Number.isNaN(number)) return !containsNaN(ours);
  if (!Number.isFinite(number)) return ours === number || ours === null || ours === undefined;
  return typeof ours === "number" && Math.abs(ours - number) <= Math.max(tolerance * Math.abs(number), smallest);
}

/** NaN and the infinities are written as text. */
function isNoNumber(value: Expected): boolean {
  return value === "NaN" || value === "Infinity" || value === "-Infinity";
}

function containsNaN(answer: Answer): boolean {
  if (isList(answer)) return answer.some(containsNaN);
  if (isObject(answer)) return Object.values(answer).some(containsNaN);
  return Number.isNaN(answer);
}

function isList<T>(value: T): value is Extract<T, readonly unknown[]> {
  return Array.isArray(value);
}

function isObject<T>(value: T): value is Exclude<Extract<T, object>, readonly unknown[]> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function difference(where: string, ours: Answer, reference: Expected): string {
  return `${where} is ${JSON.stringify(ours)}, the reference says ${JSON.stringify(reference)}`;
}
