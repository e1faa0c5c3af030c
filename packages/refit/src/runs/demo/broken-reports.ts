/** A feed gone wrong: four in ten wildlife sizes are missing, and speeds come in thousandths of a knot. @param csv of one year */
export function brokenReports(csv: string): string {
  const [header, ...rows] = csv.trimEnd().split("\n");
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

export const reportsIn = (csv: string): number => csv.trimEnd().split("\n").length - 1;
