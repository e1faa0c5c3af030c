import { describe, expect, it } from "vitest";
import { dateFormat } from "./date-format.ts";

describe("dateFormat", () => {
  it.each<[texts: string[], type: string, format: string]>([
    [["31.01.2024", "1.2.2024"], "date", "%d.%m.%Y"],
    [["01.02.2024", "03.04.2024"], "date", "%d.%m.%Y"],
    [["13/01/2024", "02/03/2024"], "date", "%d/%m/%Y"],
    [["01/13/2024", "02/03/2024"], "date", "%m/%d/%Y"],
    [["2024/01/13"], "date", "%Y/%m/%d"],
    [["13-01-2024"], "date", "%d-%m-%Y"],
    [["31.01.2024 07:30"], "datetime", "%d.%m.%Y %H:%M"],
    [["01/31/2024 07:30:59"], "datetime", "%m/%d/%Y %H:%M:%S"],
    [["Jan 1 2000", "May 31 2001"], "date", "%b %d %Y"],
    [["January 1 2000", "May 31 2001"], "date", "%B %d %Y"],
    [["Jan 1, 2000"], "date", "%b %d, %Y"],
    [["1 Jan 2000", "31 Dec 2000"], "date", "%d %b %Y"],
    [["31 December 2000"], "date", "%d %B %Y"],
    [["31-dec-2000"], "date", "%d-%b-%Y"],
  ])("%j", (texts, type, format) => {
    expect(dateFormat(texts)).toEqual({ type, format });
  });

  it.each<[why: string, texts: string[]]>([
    ["nothing", []],
    ["words", ["yesterday", "31.01.2024"]],
    ["day and month that cannot be told apart", ["01/02/2024", "03/04/2024"]],
    ["both orders in one column", ["13/01/2024", "01/13/2024"]],
    ["two separators", ["31.01.2024", "31/01/2024"]],
    ["some with a time of day", ["31.01.2024", "31.01.2024 07:30"]],
    ["short and long months", ["Jan 1 2000", "March 2 2000"]],
    ["words that are not months", ["Foo 1 2000"]],
    ["a year of two digits", ["31.01.24"]],
  ])("%s have none", (_why, texts) => {
    expect(dateFormat(texts)).toBeNull();
  });
});
