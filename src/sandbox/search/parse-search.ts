/** A part of a search: a text to look for, or a qualifier as `author:ada`. */
export interface SearchTerm {
  /** Lower case; null for text. */
  readonly qualifier: string | null;
  /** What was asked for; a qualifier's may be several, as in `label:bug,"help wanted"`, of which one is enough. */
  readonly values: readonly string[];
  /** Whether it was asked for what is not so, as by `-label:bug` or `NOT tide`. */
  readonly isExcluded: boolean;
}

const value = String.raw`(?:"[^"]*"?|[^\s",]+)`;
const term = new RegExp(String.raw`(-?)([a-z][a-z-]*):(${value}(?:,${value})*)|"[^"]*"?|[^\s"]+`, "gi");

/**
 * Takes a search of GitHub's apart. A word with a colon that is no qualifier in `known` is text, as GitHub has it. The
 * rules are those of https://docs.github.com/search-github/getting-started-with-searching-on-github/understanding-the-search-syntax
 */
export function parseSearch(search: string, known: ReadonlySet<string>): SearchTerm[] {
  const terms: SearchTerm[] = [];
  let isExcluded = false;
  for (const [whole, minus, name, given] of search.matchAll(term)) {
    if (whole === "NOT") {
      isExcluded = true;
      continue;
    }
    const qualifier = name?.toLowerCase();
    if (qualifier !== undefined && given !== undefined && known.has(qualifier)) {
      const values = Array.from(given.matchAll(new RegExp(value, "g")), ([one]) => withoutQuotes(one));
      terms.push({ qualifier, values, isExcluded: isExcluded || minus === "-" });
    } else terms.push({ qualifier: null, values: [withoutQuotes(whole)], isExcluded });
    isExcluded = false;
  }
  return terms;
}

function withoutQuotes(text: string): string {
  return text.replaceAll('"', "");
}
