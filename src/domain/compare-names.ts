import { compareByCodePoint } from "./compare-by-code-point.ts";

const names = new Intl.Collator("en");

/** Puts names in the order of a dictionary; never equal for two that differ. */
export function compareNames(left: string, right: string): number {
  return names.compare(left, right) || compareByCodePoint(left, right);
}
