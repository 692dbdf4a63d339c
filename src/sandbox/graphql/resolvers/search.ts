import type { GraphQLResolveInfo } from "graphql";
import { mostFound, searchIssues } from "../../search/search-issues.ts";
import { connect, type Paging } from "../connect.ts";
import type { Context } from "../context.ts";
import { Problem } from "../problem.ts";

type SearchArguments = Paging & { readonly query: string; readonly type: string };

/** Issues and pull requests that a search finds; nothing where it names what is not there. */
export async function findMatches(_source: object, args: SearchArguments, context: Context, info: GraphQLResolveInfo) {
  const { query, type } = args;
  if (type !== "ISSUE") throw new Problem("NOT_IMPLEMENTED", `No support for searches of the type ${type}`);
  const { forge, caller, viewer } = context;
  const found = searchIssues(forge, { search: query, caller, viewer });
  const issues = "mistake" in found ? [] : found;
  const connection = {
    issueCount: issues.length,
    codeCount: 0,
    discussionCount: 0,
    repositoryCount: 0,
    userCount: 0,
    wikiCount: 0,
  };
  const shown = issues.slice(0, mostFound).map((issue) => issue.pull ?? issue);
  return connect(shown, args, info, { connection });
}
