import { compareByCodePoint } from "../compare-by-code-point.ts";
import { type ReleaseTag, readReleaseTag, type Version } from "./read-version.ts";

/** The tags that a release lies between. */
export interface ReleaseRange {
  /** The release before; null for the first one, which has everything from the beginning. */
  readonly from: string | null;
  readonly to: string;
}

/**
 * Finds the release before a tag among all tags of a repository: the highest version below it with the same prefix. A
 * release is held against the last release, a prerelease against the last prerelease or release. `v1.0` and `1.1` are of
 * one prefix, as some repositories begin or cease to write the `v`. `prereleases` are the tags that are known as such,
 * whatever their version says.
 */
export function findRange(
  tags: readonly string[],
  tag: string,
  prereleases: ReadonlySet<string> = new Set(),
): ReleaseRange {
  const release = readReleaseTag(tag);
  const isEarly = (one: ReleaseTag): boolean => isPrerelease(one) || prereleases.has(one.tag);
  const isCandidate = (other: ReleaseTag): boolean =>
    seriesOf(other) === seriesOf(release) && isBefore(other, release) && (isEarly(release) || !isEarly(other));
  const before = tags.map(readReleaseTag).filter(isCandidate).toSorted(compareReleases);
  return { from: before.at(-1)?.tag ?? null, to: tag };
}

/**
 * Orders tags of one prefix by their version, for `sort`: those without a version first, in the order in which people
 * read numbers within text. Only equal texts are equal.
 */
export function compareTags(left: string, right: string): number {
  return compareReleases(readReleaseTag(left), readReleaseTag(right));
}

function compareReleases(left: ReleaseTag, right: ReleaseTag): number {
  if (left.version !== null && right.version !== null) {
    return (
      compareVersions(left.version, right.version) ||
      // `v1`, which moves along with each 1.x, comes before `v1.0.0`, which stays.
      left.version.numbers.length - right.version.numbers.length ||
      compareNaturally(left.tag, right.tag) ||
      compareByCodePoint(left.tag, right.tag)
    );
  }
  return (
    Number(left.version !== null) - Number(right.version !== null) ||
    compareNaturally(left.tag, right.tag) ||
    compareByCodePoint(left.tag, right.tag)
  );
}

function isBefore(left: ReleaseTag, right: ReleaseTag): boolean {
  if (left.version === null || right.version === null) {
    return left.version === right.version && compareReleases(left, right) < 0;
  }
  return compareVersions(left.version, right.version) < 0;
}

function isPrerelease({ version }: ReleaseTag): boolean {
  return version !== null && version.prerelease.length > 0;
}

function seriesOf({ prefix }: ReleaseTag): string {
  return prefix.replace(/(?<![A-Za-z])v$/i, "");
}

/**
 * The precedence of https://semver.org/#spec-item-11, where a number that is not there is 0. Unlike there, a part such as
 * `rc10` comes behind `rc2`: whoever writes one means that.
 */
function compareVersions(left: Version, right: Version): number {
  const length = Math.max(left.numbers.length, right.numbers.length);
  for (let index = 0; index < length; index += 1) {
    const order = compareDigits(left.numbers[index] ?? "0", right.numbers[index] ?? "0");
    if (order !== 0) return order;
  }
  if (left.prerelease.length === 0 || right.prerelease.length === 0) {
    return Number(left.prerelease.length === 0) - Number(right.prerelease.length === 0);
  }
  const parts = Math.min(left.prerelease.length, right.prerelease.length);
  for (let index = 0; index < parts; index += 1) {
    const order = compareParts(left.prerelease[index] ?? "", right.prerelease[index] ?? "");
    if (order !== 0) return order;
  }
  return left.prerelease.length - right.prerelease.length;
}

/** Numbers come before words. */
function compareParts(left: string, right: string): number {
  return Number(isNumber(right)) - Number(isNumber(left)) || compareNaturally(left, right);
}

function isNumber(part: string): boolean {
  return /^\d+$/.test(part);
}

/** Orders texts as people do: each run of digits by its value, all else by code point. */
function compareNaturally(left: string, right: string): number {
  const rights = piecesOf(right);
  const lefts = piecesOf(left);
  for (const [index, piece] of lefts.entries()) {
    const other = rights[index];
    if (other === undefined) return 1;
    const bothNumbers = /^\d/.test(piece) && /^\d/.test(other);
    const order = bothNumbers ? compareDigits(piece, other) : compareByCodePoint(piece, other);
    if (order !== 0) return order;
  }
  return lefts.length - rights.length;
}

function piecesOf(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

function compareDigits(left: string, right: string): number {
  const [one, other] = [left, right].map((digits) => digits.replace(/^0+(?=\d)/, ""));
  if (one === undefined || other === undefined) return 0;
  return one.length - other.length || compareByCodePoint(one, other);
}
