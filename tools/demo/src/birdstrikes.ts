import { readFileSync } from "node:fs";

/** The FAA's bird strike reports of `vega-datasets` (BSD-3), one CSV text per year. */
export function birdstrikesByYear(): ReadonlyMap<number, string> {
  const text = readFileSync("node_modules/vega-datasets/data/birdstrikes.csv", "utf8");
  const [header, ...rows] = text.trimEnd().split(/\r?\n/);
  const years = new Map<number, string[]>();
  for (const row of rows) {
    const year = Number(/,(\d{4})-\d{2}-\d{2},/.exec(row)![1]);
    years.set(year, [...(years.get(year) ?? []), row]);
  }
  return new Map(
    [...years].sort(([a], [b]) => a - b).map(([year, lines]) => [year, `${[header, ...lines].join("\n")}\n`]),
  );
}

/** A feed gone wrong: four in ten wildlife sizes are missing, and speeds come in thousandths of a knot. */
export function brokenYear(text: string): string {
  const [header, ...rows] = text.trimEnd().split(/\r?\n/);
  const names = header!.split(",");
  const size = names.indexOf("Wildlife Size");
  const speed = names.indexOf("Speed IAS in knots");
  const broken = rows.map((row, i) => {
    const cells = row.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)!.map((cell) => cell.replace(/,$/, ""));
    if (i % 10 < 4) cells[size] = "";
    if (cells[speed]) cells[speed] = String(Number(cells[speed]) * 1000);
    return cells.slice(0, names.length).join(",");
  });
  return `${[header, ...broken].join("\n")}\n`;
}
