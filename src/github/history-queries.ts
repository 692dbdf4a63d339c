import { pullRequestFragments } from "./pull-request-query.ts";
import { branchedSelection } from "./to-repository.ts";

/** Merged pull requests, the newest first, told of as a single one is. */
export const mergedPullRequestsQuery = `
query MergedPullRequests(
  $owner: String!, $name: String!, $after: String, $size: Int!, $configurationObject: String!
  $commits: Boolean!, $commitsAfter: String, $commitsSize: Int!
  $reviews: Boolean!, $reviewsAfter: String, $reviewsSize: Int!
  $closingIssues: Boolean!, $closingIssuesAfter: String, $closingIssuesSize: Int!
  $comments: Boolean!, $commentsAfter: String, $commentsSize: Int!
  $files: Boolean!, $filesAfter: String, $filesSize: Int!
) {
  rateLimit { limit cost remaining resetAt }
  organization: repository(owner: $owner, name: ".github") {
    configuration: object(expression: $configurationObject) { ...Text }
  }
  repository(owner: $owner, name: $name) {
    configuration: object(expression: $configurationObject) { ...Text }
    ...RepositoryFacts
    pullRequests(states: MERGED, orderBy: { field: CREATED_AT, direction: DESC }, first: $size, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        ...PullRequestFacts
        head: commits(last: 1) { nodes { commit { oid } } }
        ...PullRequestLists
      }
    }
  }
}
${pullRequestFragments}`;

/** Where the default branch is now. */
export const historyStartQuery = `
query HistoryStart($owner: String!, $name: String!, $configurationObject: String!) {
  rateLimit { limit cost remaining resetAt }
  organization: repository(owner: $owner, name: ".github") {
    configuration: object(expression: $configurationObject) { ... on Blob { text } }
  }
  repository(owner: $owner, name: $name) {
    ${branchedSelection}
    configuration: object(expression: $configurationObject) { ... on Blob { text } }
    defaultBranchRef { target { oid } }
  }
}`;

/** Whom GitHub links some commits to, the first as \`commit0\`. */
export function commitAuthorsQuery(count: number): string {
  const places = Array.from({ length: count }, (_, place) => place);
  return `
query CommitAuthors($owner: String!, $name: String!, ${places.map((place) => `$oid${place}: GitObjectID!`).join(", ")}) {
  rateLimit { limit cost remaining resetAt }
  repository(owner: $owner, name: $name) {
${places.map((place) => `    commit${place}: object(oid: $oid${place}) { ...Authors }`).join("\n")}
  }
}

fragment Authors on Commit { authors(first: 100) { nodes { email user { login databaseId } } } }`;
}
