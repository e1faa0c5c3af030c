import { describe, expect, it } from "vitest";
import { parseConfig } from "./git-config.ts";

const config = parseConfig(
  [
    "remote.My.Fork.url\nhttps://one.example/a",
    "remote.My.Fork.url\nhttps://two.example/b",
    "alias.two\nfirst line\nsecond line",
    "commit.gpgsign",
    "core.bare\nfalse",
    "core.empty\n",
    "",
  ].join("\0"),
);

describe("git's configuration", () => {
  it("keeps every value of a key, in the order of the files", () => {
    expect(config.all("remote.My.Fork.url")).toEqual(["https://one.example/a", "https://two.example/b"]);
    expect(config.all("user.name")).toEqual([]);
  });

  it("ends a key at the first line break only", () => {
    expect(config.all("alias.two")).toEqual(["first line\nsecond line"]);
    expect(config.all("core.empty")).toEqual([""]);
  });

  it("takes a key without a value for true", () => {
    expect(config.isTrue("commit.gpgsign")).toBe(true);
    expect(config.isTrue("core.bare")).toBe(false);
    expect(config.isTrue("core.empty")).toBe(false);
    expect(config.isTrue("core.other")).toBe(false);
  });

  it.each(["true", "Yes", "ON", "1", "-1", "010", "1k"])("takes %s for true", (value) => {
    expect(parseConfig(`a.b\nfalse\0a.b\n${value}\0`).isTrue("a.b")).toBe(true);
  });

  it.each(["false", "no", "off", "0", "00", "ja"])("takes %s for false", (value) => {
    expect(parseConfig(`a.b\ntrue\0a.b\n${value}\0`).isTrue("a.b")).toBe(false);
  });

  it("of nothing is empty", () => {
    expect(parseConfig("").keys).toEqual([]);
  });
});
