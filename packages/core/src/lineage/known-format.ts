/** The highest `format` that this refit reads, of every file of a version and of what is handed over. */
export const knownFormat = 1;
