/** Rises when the same rows get other digests, as with another DuckDB; those that are kept are then made again. */
export const digestVersion = 1;
