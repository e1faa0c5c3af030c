import { readFileSync } from "node:fs";
import type { Stream } from "./scene.ts";

/** Real rows that a package of this repository brings (`vega-datasets`, BSD-3). Nobody knows whether their truth moves. */
export function realStreams(): Stream[] {
  return [
    {
      name: "seattle-weather",
      csv: readFileSync("node_modules/vega-datasets/data/seattle-weather.csv", "utf8"),
      target: "weather",
      time: "date",
      known: 0.4,
      everyDays: 14,
      labelDelayDays: 0,
    },
    {
      name: "birdstrikes",
      csv: birdstrikes(),
      target: "damaged",
      time: "day",
      known: 0.35,
      everyDays: 56,
      labelDelayDays: 0,
    },
  ];
}

/** Whether the plane was damaged, from what is known before anybody has looked at it. */
function birdstrikes(): string {
  const text = readFileSync("node_modules/vega-datasets/data/birdstrikes.csv", "utf8");
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = header!.split(",");
  const at = (name: string) => names.indexOf(name);
  const known = [
    ["day", at("Flight Date")],
    ["aircraft", at("Aircraft Make Model")],
    ["size", at("Wildlife Size")],
    ["phase", at("Phase of flight")],
    ["speed", at("Speed IAS in knots")],
    ["state", at("Origin State")],
  ] as const;
  const rows = lines
    .map((line) => line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)!.map((field) => field.replace(/,$/, "")))
    .map((fields) => [
      ...known.map(([, place]) => fields[place] ?? ""),
      fields[at("Effect Amount of damage")] === "None" ? "no" : "yes",
    ])
    .sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
  return `${[[...known.map(([name]) => name), "damaged"], ...rows].map((fields) => fields.join(",")).join("\n")}\n`;
}
