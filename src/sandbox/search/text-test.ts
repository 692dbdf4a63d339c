import type { Issue } from "../model/issue.ts";
import type { Test } from "./search-qualifiers.ts";

/** Where a text can stand, by the names that `in:` has for it; comments count as long as nothing else is said. */
const places: Readonly<Record<string, (issue: Issue) => readonly (string | null)[]>> = {
  title: ({ title }) => [title],
  body: ({ body }) => [body],
  comments: ({ comments }) => comments.map(({ body }) => body),
};

/** Whether a text stands in an issue, word by word and in whatever case; signs between words do not count. */
export function textTest(text: string, within: readonly string[]): Test {
  const wanted = wordsOf(text);
  const named = within.flatMap((name) => (Object.hasOwn(places, name) ? (places[name] ?? []) : []));
  const searched = named.length === 0 ? Object.values(places) : named;
  if (wanted.trim() === "") return () => true;
  return (issue) =>
    searched.some((read) => read(issue).some((place) => place !== null && wordsOf(place).includes(wanted)));
}

/** The words with a space before and after each, so that none is found within another. */
function wordsOf(text: string): string {
  return ` ${(text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []).join(" ")} `;
}
