/** A plain YAML scalar where that is certain, else a quoted one. JSON strings are YAML. */
export function yamlText(text: string): string {
  return /^[A-Za-z_][A-Za-z0-9_./-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off)$/i.test(text)
    ? text
    : JSON.stringify(text);
}
