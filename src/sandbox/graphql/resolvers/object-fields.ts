import type { Repository } from "../../model/repository.ts";
import type { Context, Fields } from "../context.ts";
import { pathOf, repositoryPage } from "./shown.ts";

/** What every object of git's has. */
export function objectFields<Source extends { readonly repository: Repository }>(
  oidOf: (source: Source) => string,
): Fields<Source> {
  const page = (context: Context, source: Source): string =>
    `${repositoryPage(context, source.repository)}/commit/${oidOf(source)}`;
  return {
    oid: (source) => oidOf(source),
    abbreviatedOid: (source) => oidOf(source).slice(0, 7),
    repository: ({ repository }) => repository,
    commitUrl: (source, _args, context) => page(context, source),
    commitResourcePath: (source, _args, context) => pathOf(context, page(context, source)),
  };
}

export function objectId(letter: string, { id }: Repository, oid: string): string {
  return `${letter}_kwDO${Buffer.from(`${id}:${oid}`).toString("base64url")}`;
}
