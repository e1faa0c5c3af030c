export interface Output {
  /** Result text on stdout. */
  print(line: string): void;
  /** Progress and notices on stderr; a bar on a terminal, lines elsewhere and with `--json`. */
  progress(stage: string, done?: number): void;
  notice(sentence: string): void;
  /** Columns of the terminal that results go to; absent: they go to none. */
  readonly width?: number;
}
