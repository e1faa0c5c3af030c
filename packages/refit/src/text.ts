const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The text of a file in UTF-8. A byte order mark is left out; bytes that are not UTF-8 become U+FFFD. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}
