import { describe, expect, it } from "vitest";
import { answerProblem } from "./answers.ts";

describe("the address of uploads in a release", () => {
  it.each<[address: string, problem: string | null]>([
    ["https://uploads.github.com/repos/acme/churn/releases/9/assets{?name}", null],
    ["https://uploads:.github.com/repos/acme/churn/releases/9/assets{?name}", "an address at [0].upload_url"],
    ["https://{?name}", "an address at [0].upload_url"],
    ["uploads.github.com/assets{?name}", "an address at [0].upload_url"],
  ])("%s", (upload_url, problem) => {
    const html_url = "https://github.com/acme/churn/releases/9";
    const release = { id: 9, tag_name: "churn@v2", draft: true, html_url, upload_url, assets: [] };

    expect(answerProblem("GET", "/repos/acme/churn/releases", [release])).toBe(problem);
  });
});
