/** The version that a tag names. */
export interface Version {
  /** Its numbers, as digits without leading zeros: they may be longer than a number of JavaScript's holds exactly. */
  readonly numbers: readonly string[];
  /** What stands before the release of that version, as `rc`, `1`; empty for the release itself. */
  readonly prerelease: readonly string[];
}

/** A tag, taken apart. */
export interface ReleaseTag {
  readonly tag: string;
  /** What stands before the version, as written: `v`, `web-v`, `@acme/web@`, or nothing. */
  readonly prefix: string;
  /** Null where the tag names no version that can be read; what is before its first digit is then the prefix. */
  readonly version: Version | null;
}

const suffix =
  /^(?:-(?<hyphenated>[\dA-Za-z]+(?:[.-][\dA-Za-z]+)*)|[._]?(?<joined>(?:alpha|beta|preview|pre|canary|next|dev|rc|a|b|c|m)[.-]?\d*))?(?:\+[\dA-Za-z.-]+)?$/i;

/** Where a version may begin: behind a `v` that begins a word, at the first dotted number, or as one number alone. */
const beginnings = [/^((?:.*?[^A-Za-z\d])??v)(\d+(?:\.\d+)*)(.*)$/is, /^((?:.*?[^\d.])??)(\d+(?:\.\d+)+)(.*)$/s];
const single = /^(\D*)(\d+)(-[A-Za-z].*)?$/s;

/**
 * Reads the version in a tag: semantic versioning (https://semver.org), with any count of numbers, and the prereleases that
 * some write without a hyphen, as `1.0rc1`. Any text is a tag; one without a version is no error.
 */
export function readReleaseTag(tag: string): ReleaseTag {
  for (const pattern of [...beginnings, single]) {
    const [, prefix = "", digits = "", rest = ""] = pattern.exec(tag) ?? [];
    const match = digits === "" ? null : suffix.exec(rest);
    if (match === null) continue;
    const before = match.groups?.["hyphenated"] ?? match.groups?.["joined"] ?? "";
    return {
      tag,
      prefix,
      version: {
        numbers: digits.split(".").map(withoutZeros),
        prerelease: before.split(/[.-]/).filter(Boolean),
      },
    };
  }
  return { tag, prefix: /^\D*/.exec(tag)?.[0] ?? "", version: null };
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, "");
}
