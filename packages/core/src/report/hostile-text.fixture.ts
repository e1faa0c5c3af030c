import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

type Node = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>["children"][number];

/**
 * What GitHub's grammar makes of a page, without what stands in `<code>`: kinds of nodes, in order, with the text of
 * all others, addresses of links, and where images are.
 */
export function outsideOfCode(markdown: string): string[] {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const found: string[] = [];
  let inCode = false;
  const visit = (node: Node): void => {
    if (node.type === "html") {
      if (node.value === "<code>") inCode = true;
      if (node.value === "</code>") inCode = false;
    }
    const isWord = inCode && (node.type === "text" || (node.type === "html" && node.value === "<wbr>"));
    if (!isWord) found.push(textOf(node));
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(tree);
  return found;
}

function textOf(node: Node): string {
  // A block of code is closed by a line of its own, and what stands behind it would be seen.
  if (node.type === "code") return node.type;
  if ("value" in node) return `${node.type}: ${node.value}`;
  return "url" in node ? `${node.type}: ${node.url}` : node.type;
}

const addresses =
  "@octocat @octo/team #1 GH-12 octo/demo#3 https://example.org www.example.org me@example.org xmpp:me@example.org " +
  "mailto:me@example.org ftp://example.org http://1.2.3.4 5d41402abc4b2a76b9719d911017c592aaaaaaaa";
const markup =
  "[a](b) ![a](b) [^1] ](improvement.svg) ``` ~~~ $$ :smile: &#64; &lt; \\| --- </code> </td></tr> </details> <details> -->";
const pieces = [
  ..."|`*_~#@!:$&<>[](){}\\/.-+=^\n\r\t \u00A0\u200B\u202E\u2028\uFEFF\u0000\uD800'\"1aZé東👩",
  ...addresses.split(" "),
  ...markup.split(" "),
  "<!-- refit:report model=churn -->",
  "<img src=x>",
  "| --- |",
  "1. ",
  "- [x] ",
  "> ",
  "\n===\n",
  "\n\n### What to do\n",
  "\n\n![x](improvement.svg)\n",
];

/** Text that means as much as it can to Markdown, HTML, GitHub and refit itself. */
export const hostileText = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join("")),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(...pieces, "x".repeat(10_000), "|".repeat(10_000), "@a ".repeat(5_000)),
);
