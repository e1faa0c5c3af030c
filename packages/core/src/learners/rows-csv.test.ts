import { expect, it } from "vitest";
import type { Column } from "../features/column.ts";
import { csvOf } from "./rows-csv.ts";

const numbers = (
  name: string,
  type: "number" | "integer" | "boolean" | "date" | "datetime",
  values: number[],
): Column => ({
  kind: "number",
  name,
  type,
  values: Float64Array.from(values),
});

it("writes each type so that it reads back as what it is, and missing values as nothing", () => {
  const none = Number.NaN;
  const at = Date.parse("2026-02-03T04:05:06.007Z");
  const dictionary = ["plain", "", " blank", 'say "so"', "two\nlines", "a,b"];
  const columns: Column[] = [
    { kind: "text", name: "te,xt", type: "string", dictionary, codes: Int32Array.of(-1, 0, 1, 2, 3, 4, 5) },
    numbers("n", "number", [none, 0.1, 1e21, -0.5, 1 / 3, 5e-324, 2]),
    numbers("b", "boolean", [none, 1, 0, 1, 0, 1, 0]),
    numbers(
      "d",
      "date",
      Array.from({ length: 7 }, () => at),
    ),
    numbers("t", "datetime", [none, at, at, at, at, at, at]),
  ];

  expect([...csvOf(columns, 7)].join("").split("\n")).toEqual([
    '"te,xt",n,b,d,t',
    ",,,2026-02-03,",
    "plain,0.1,true,2026-02-03,2026-02-03T04:05:06.007Z",
    '"",1e+21,false,2026-02-03,2026-02-03T04:05:06.007Z',
    '" blank",-0.5,true,2026-02-03,2026-02-03T04:05:06.007Z',
    '"say ""so""",0.3333333333333333,false,2026-02-03,2026-02-03T04:05:06.007Z',
    '"two',
    'lines",5e-324,true,2026-02-03,2026-02-03T04:05:06.007Z',
    '"a,b",2,false,2026-02-03,2026-02-03T04:05:06.007Z',
    "",
  ]);
});

it("writes many rows in pieces, and all of them", () => {
  const pieces = [
    ...csvOf(
      [
        numbers(
          "n",
          "integer",
          Array.from({ length: 25_001 }, (_, i) => i),
        ),
      ],
      25_001,
    ),
  ];

  expect(pieces).toHaveLength(4);
  expect(pieces.join("").split("\n")).toHaveLength(25_003);
});
