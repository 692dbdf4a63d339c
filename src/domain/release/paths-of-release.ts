import type { Configuration } from "../config/configuration-schema.ts";

type Prefixes = Configuration["acknowledgements"]["prefixes"];

/**
 * The globs of what the releases of a tag are made of: those of the longest prefix that the tag starts with, where a version
 * or nothing follows it; `web-` is none of `website-v1`. Null where they are made of everything.
 */
export function pathsOfRelease(prefixes: Prefixes, tag: string): readonly string[] | null {
  const [longest] = Object.entries(prefixes)
    .filter(([prefix]) => tag.startsWith(prefix) && /^(?:v?\d|$)/i.test(tag.slice(prefix.length)))
    .toSorted(([left], [right]) => right.length - left.length);
  return longest?.[1] ?? null;
}
