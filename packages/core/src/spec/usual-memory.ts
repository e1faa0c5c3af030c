/** What `memoryMiB` is where nobody has set it: for the reference page and `--help`. */
export const usualMemory =
  "a quarter of the memory of the machine or container, and at least 400 MiB; for files with many columns 400 MiB plus 60 for every 100 columns if that is more, up to half of the memory";
