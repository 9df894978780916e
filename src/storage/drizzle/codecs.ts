/**
 * Between the domain's names and the codes on disk. Drizzle hands prepared queries' nulls to a column's
 * codec, so every codec lets null pass.
 */
export function nullable<A, B>(convert: (value: A) => B): (value: A) => B {
  // The cast covers null alone, which Drizzle's types leave out.
  return (value) => (value === null ? (null as B) : convert(value));
}

/** A name as its position in a list. */
export function codeOf<T extends string>(names: readonly T[]): (name: T) => number {
  return (name) => names.indexOf(name);
}

/** @throws RangeError for a code that no name has: the row was not written by this schema. */
export function nameOf<T extends string>(names: readonly T[]): (code: number) => T {
  return (code) => {
    const name = names[code];
    if (name === undefined) throw new RangeError(`no name for code ${code} of ${names.join("|")}`);
    return name;
  };
}
