import { accountFragment } from "./account-fragment.ts";
import { branchedSelection } from "./to-repository.ts";

/** The default branch's last commit and settings, and the open pull requests. */
export const defaultBranchQuery = `
query DefaultBranch($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    ${branchedSelection}
    defaultBranchRef {
      target {
        oid
        ... on Commit {
          parents(first: 1) { nodes { oid } }
          associatedPullRequests(first: 5) { nodes { merged mergeCommit { oid } } }
        }
      }
    }
    settings: object(expression: "HEAD:.github") { oid }
    configuration: object(expression: "HEAD:.github/curtain-call.yml") { ... on Blob { text } }
    pullRequests(states: OPEN, first: 100, after: $after) {
      pageInfo { hasNextPage endCursor }
      nodes { number }
    }
  }
}`;

/** An issue, who closed it last, and the pull requests that close it, open or merged. */
export const issueQuery = `
query Issue($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    ${branchedSelection}
    issue(number: $number) {
      number title url state stateReason closedAt authorAssociation
      repository { databaseId }
      author { ...Account }
      labels(first: 20) { nodes { name } }
      closings: timelineItems(last: 1, itemTypes: [CLOSED_EVENT]) { nodes { ... on ClosedEvent { actor { ...Account } } } }
      closedByPullRequestsReferences(first: 50, includeClosedPrs: true) {
        nodes { number merged repository { databaseId owner { login } } }
      }
    }
  }
}

${accountFragment}`;
