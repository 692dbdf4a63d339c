import { actingAccount } from "../../identity/access.ts";
import { presentIssue } from "../../present/issue.ts";
import { Refusal } from "../../refusal.ts";
import { mostFound, searchIssues } from "../../search/search-issues.ts";
import { cutPage, type Operation, operation } from "../operation.ts";

export const searchOperations: readonly Operation[] = [
  operation("search/issues-and-pull-requests", (request) => {
    const { forge, caller, parameters } = request;
    const { q, sort, order = "desc" } = parameters;
    const viewer = caller.kind === "user" || caller.kind === "installation" ? actingAccount(caller) : null;
    const search = sort === undefined ? q : `sort:${sort}-${order} ${q}`;
    const found = searchIssues(forge, { search, caller, viewer });
    if ("mistake" in found) throw invalidSearch(found.mistake);
    const { part, page } = cutPage(request, found.slice(0, mostFound));
    if (page.number > 1 && (page.number - 1) * page.size >= mostFound) {
      throw new Refusal(422, "Only the first 1000 search results are available");
    }
    const items = part.map((issue) => ({ ...presentIssue(forge, issue), score: 1 }));
    const body = { total_count: found.length, incomplete_results: false, items, search_type: "lexical" };
    return { status: 200, body, page };
  }),
];

function invalidSearch(message: string): Refusal {
  return new Refusal(422, "Validation Failed", [{ resource: "Search", field: "q", code: "invalid", message }]);
}
