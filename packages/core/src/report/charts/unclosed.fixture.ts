/** Names of elements that are opened and not closed, or the first piece that is no XML. */
export function unclosed(svg: string): string[] {
  const open: string[] = [];
  const token = /<(\/?)([a-z]+)((?: [A-Za-z0-9:-]+="[^"<&]*")*)(\/?)>|(?:[^<>&\p{C}]|\n|&#\d+;)+/uy;
  while (token.lastIndex < svg.length) {
    const at = token.lastIndex;
    const match = token.exec(svg);
    if (match === null) return [`no XML: ${svg.slice(at, at + 40)}`];
    const [, closes, name, , empty] = match;
    if (name === undefined || empty === "/") continue;
    if (closes !== "/") open.push(name);
    else if (open.pop() !== name) return [`closes ${name}`];
  }
  return open;
}
