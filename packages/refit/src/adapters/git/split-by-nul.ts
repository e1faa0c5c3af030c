import { StringDecoder } from "node:string_decoder";

/** Cuts a stream of bytes into UTF-8 texts that end with NUL, however the chunks fall. */
export function splitByNul(onToken: (token: string) => void) {
  const decoder = new StringDecoder("utf8");
  let rest = "";

  return {
    push(chunk: Buffer): void {
      const tokens = (rest + decoder.write(chunk)).split("\0");
      rest = tokens.pop()!;
      for (const token of tokens) onToken(token);
    },
    /** What came after the last NUL, if anything, is a token too. */
    end(): void {
      const last = rest + decoder.end();
      rest = "";
      if (last !== "") onToken(last);
    },
  };
}
