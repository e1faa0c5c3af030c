/** What takes the champion itself, apart from the rest so that a run with nothing new loads none of it. */
export { measurePerformance } from "./measure-performance.ts";
export { newRowsDrift } from "./new-rows-drift.ts";
