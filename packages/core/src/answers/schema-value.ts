import type * as z from "zod";

/** What a schema describes, readonly all the way, as the code has its values. */
export type SchemaValue<S extends z.ZodType> = Readonlied<z.infer<S>>;

type Readonlied<T> = T extends readonly unknown[]
  ? { readonly [I in keyof T]: Readonlied<T[I]> }
  : T extends object
    ? { readonly [K in keyof T]: Readonlied<T[K]> }
    : T;

/** A value of the code as JSON has it: a key that may be `undefined` may be absent. */
export type AsJson<T> = T extends readonly unknown[]
  ? { readonly [I in keyof T]: AsJson<T[I]> }
  : T extends object
    ? { readonly [K in keyof T as undefined extends T[K] ? never : K]: AsJson<T[K]> } & {
        readonly [K in keyof T as undefined extends T[K] ? K : never]?: AsJson<Exclude<T[K], undefined>> | undefined;
      }
    : T;
