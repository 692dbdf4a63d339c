import { asciiLowerCase } from "../ascii-lower-case.ts";
import type { Commit } from "./commit.ts";
import { parseIdentity } from "./identity.ts";
import { findTolerantTrailers } from "./tolerant-trailers.ts";

/** Whom GitHub reads as the authors of a commit: git's first, then its co-authors, each address once. */
export function authorsOfCommit({ author, message }: Pick<Commit, "author" | "message">): {
  readonly name: string;
  readonly address: string;
}[] {
  const coAuthors = findTolerantTrailers(message, coAuthoredBy).map(({ value }) => parseIdentity(value));
  const authors = new Map<string, { readonly name: string; readonly address: string }>();
  for (const identity of [author, ...coAuthors]) {
    if (identity === null) continue;
    const address = identity.address ?? "";
    const same = asciiLowerCase(address);
    if (!authors.has(same)) authors.set(same, { name: identity.name, address });
  }
  return [...authors.values()];
}

const coAuthoredBy = new Map([["co-authored-by", ["co-author" as const]]]);
