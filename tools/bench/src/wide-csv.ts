import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { lehmer } from "./random.ts";

const NUMBERS = 12;
/** Distinct values of the four text columns. */
const LEVELS = [5, 50, 1_000, 20_000];
const FIRST_DAY = Date.UTC(2020, 0, 1);
const DAYS = 1_800;
const DAY = 86_400_000;
const ROWS_PER_WRITE = 5_000;

/** The 20 columns of `writeWideCsv`: 12 numbers, 2 integers, a date, 4 texts of up to 20,000 values, and a label. */
const header = [
  ...Array.from({ length: NUMBERS }, (_, i) => `n${i + 1}`),
  "i1",
  "i2",
  "day",
  ...LEVELS.map((_, i) => `t${i + 1}`),
  "label",
];

/** The part of all days that rows are of, from 0 to 1. */
export type Stretch = readonly [from: number, to: number];

/** Writes made-up rows, about 115 bytes each, whose label follows some of the columns. */
export function writeWideCsv(file: string, rows: number, seed: number, stretch: Stretch = [0, 1]): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const random = lehmer(seed);
  const out = openSync(file, "w");
  writeSync(out, `${header.join(",")}\n`);
  for (let from = 0; from < rows; from += ROWS_PER_WRITE) {
    const batch = Array.from({ length: Math.min(ROWS_PER_WRITE, rows - from) }, () => wideRow(random, stretch));
    writeSync(out, batch.join(""));
  }
  closeSync(out);
}

function wideRow(random: () => number, [from, to]: Stretch): string {
  const numbers = Array.from({ length: NUMBERS }, () => (random() < 0.02 ? "" : (random() * 100).toFixed(2)));
  const counts = [Math.floor(random() * 10), Math.floor(random() * 100_000)];
  const day = new Date(FIRST_DAY + Math.floor((from + random() * (to - from)) * DAYS) * DAY).toISOString().slice(0, 10);
  // Low numbers are frequent, as in real columns.
  const texts = LEVELS.map((levels, i) => `t${i + 1}-${Math.floor(levels * random() * random())}`);
  const signal = Number(numbers[0]) * Number(numbers[1]) + 30 * Number(numbers[2]) + 400 * counts[0]!;
  const label = signal + 3_000 * random() > 7_500 || texts[0] === "t1-3" ? 1 : 0;
  return `${[...numbers, ...counts, day, ...texts, label].join(",")}\n`;
}
