/** A text as a YAML scalar on one line: plain where YAML cannot read anything else into it. */
export function yamlScalar(text: string): string {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : yamlQuoted(text);
}

/** JSON strings are YAML; what cannot be seen, or could be markup where the text is shown, is written as its number. */
export function yamlQuoted(text: string): string {
  return JSON.stringify(text).replace(/[^ -~\p{L}\p{N}\p{P}\p{S}]|[<>`]/gu, (hidden) =>
    Array.from({ length: hidden.length }, (_, i) => `\\u${hidden.charCodeAt(i).toString(16).padStart(4, "0")}`).join(
      "",
    ),
  );
}
