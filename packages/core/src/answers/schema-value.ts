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

/** `true` where every value of the first type is one of the second. */
export type Fits<A, B> = [A extends B ? true : false] extends [true] ? true : false;

/** `true` where each of two types can stand for the other: a schema and the value that it describes have not parted. */
export type Alike<A, B> = Fits<A, B> extends true ? Fits<B, A> : false;

/** Does not compile where its argument is not `true`. */
export type Holds<T extends true> = T;
