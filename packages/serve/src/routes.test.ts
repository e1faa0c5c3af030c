import { describe, expect, it } from "vitest";
import { pathFinder, type Route } from "./routes.ts";

const route = (method: Route["method"], path: string): Route => ({
  method,
  path,
  handle: () => ({ status: 200, headers: {}, body: path }),
});
const find = pathFinder([
  route("GET", "/models"),
  route("GET", "/models/:model"),
  route("POST", "/models/:model/predict"),
  route("GET", "/models/:model/predict"),
]);

describe("pathFinder", () => {
  it.each<[path: string, params: Readonly<Record<string, string>> | null]>([
    ["/models", {}],
    ["/models/a", { model: "a" }],
    ["/m%6Fdels/a%20b", { model: "a b" }],
    ["/models/team%2Fa/predict", { model: "team/a" }],
    ["/models/%zz", { model: "%zz" }],
    ["/models/__proto__", { model: "__proto__" }],
    ["/other", null],
    ["/models/a/other", null],
    ["/models/", null],
    ["/models//predict", null],
    ["/models/a/predict/", null],
    ["//models", null],
    ["", null],
    ["*", null],
  ])("%s", (path, params) => {
    expect(find(path)?.params ?? null).toEqual(params);
  });

  it("tells all methods of a path", () => {
    expect(find("/models/a/predict")?.routes.map(({ method }) => method)).toEqual(["POST", "GET"]);
  });
});
