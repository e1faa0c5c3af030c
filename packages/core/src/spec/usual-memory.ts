/** What `memoryMiB` is where nobody has set it: for the reference page and `--help`. */
export const usualMemory =
  "a quarter of the memory of the machine, or of the container that it is, and at least 400 MiB; for wide files 400 MiB and another 60 for every 100 columns where that is more, up to half of the machine";
