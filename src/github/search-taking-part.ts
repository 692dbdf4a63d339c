import { z } from "zod";
import { itemsOf } from "./answer-shapes.ts";
import type { Place } from "./place.ts";

/** The parts of a query that asks in which merged pull requests of a repository people took part. */
export interface TakingPart {
  readonly variables: Readonly<Record<string, string>>;
  /** What the query says of them, as `$search0: String!`. */
  readonly declarations: string;
  readonly selection: string;
  /** For each of the people, the numbers that were found. */
  readonly read: (data: unknown) => readonly (readonly number[])[];
}

/** How somebody takes part, by GitHub's qualifiers: who reviews is not among those who are involved. */
const ways = ["involves", "reviewed-by"] as const;

const answerShape = z.record(z.string(), z.unknown());
const foundShape = z
  .object({ nodes: z.array(z.object({ number: z.number().optional() }).nullable()).nullable() })
  .nullish();

/**
 * Looks for merged pull requests that these people opened, reviewed or commented on, or were assigned to or mentioned in: `first` by
 * each way, two for each of them. `merged` is a qualifier such as `merged:<2026-03-01`, or empty.
 * https://docs.github.com/en/search-github/searching-on-github/searching-issues-and-pull-requests
 */
export function searchTakingPart(
  { owner, name }: Place,
  logins: readonly string[],
  { merged, first }: { readonly merged: string; readonly first: number },
): TakingPart {
  const searches = logins.flatMap((login) =>
    ways.map((way) => [`repo:${owner}/${name} is:pr is:merged`, merged, `${way}:${login}`].filter(Boolean).join(" ")),
  );
  return {
    variables: Object.fromEntries(searches.map((search, place) => [`search${place}`, search])),
    declarations: searches.map((_, place) => `$search${place}: String!`).join(", "),
    selection: searches.map((_, place) => select(place, first)).join("\n"),
    read: (data) => {
      const answer = answerShape.parse(data);
      return logins.map((_, person) => {
        const places = ways.map((_way, way) => person * ways.length + way);
        const found = places.flatMap((place) => itemsOf(foundShape.parse(answer[`found${place}`])));
        return found.flatMap(({ number }) => number ?? []);
      });
    },
  };
}

function select(place: number, first: number): string {
  return `found${place}: search(query: $search${place}, type: ISSUE, first: ${first}) { nodes { ... on PullRequest { number } } }`;
}
