import { accountFragment } from "./account-fragment.ts";
import { commitFragments } from "./commit-fragments.ts";
import { branchedSelection } from "./to-repository.ts";

/** What is told of a pull request, wherever it is read; of its lists, those that are asked for, each from where it is asked for. */
export const pullRequestFragments = `
fragment PullRequestLists on PullRequest {
  commits(first: $commitsSize, after: $commitsAfter) @include(if: $commits) {
    pageInfo { hasNextPage endCursor }
    nodes { commit { ...CommitFacts } }
  }
  reviews(first: $reviewsSize, after: $reviewsAfter) @include(if: $reviews) {
    pageInfo { hasNextPage endCursor }
    nodes { author { ...Account } state url submittedAt }
  }
  closingIssues: closingIssuesReferences(first: $closingIssuesSize, after: $closingIssuesAfter) @include(if: $closingIssues) {
    pageInfo { hasNextPage endCursor }
    nodes { number title url author { ...Account } labels(first: 20) { nodes { name } } }
  }
  comments(first: $commentsSize, after: $commentsAfter) @include(if: $comments) {
    pageInfo { hasNextPage endCursor }
    nodes { id fullDatabaseId author { ...Account } body url }
  }
  files(first: $filesSize, after: $filesAfter) @include(if: $files) {
    pageInfo { hasNextPage endCursor }
    nodes { path }
  }
}

fragment RepositoryFacts on Repository {
  ${branchedSelection}
  squashMergeCommitTitle squashMergeCommitMessage mergeCommitAllowed squashMergeAllowed rebaseMergeAllowed
  merged: pullRequests(states: MERGED) { totalCount }
}

fragment PullRequestFacts on PullRequest {
  number title body url author { ...Account } state isDraft baseRefName isInMergeQueue
  mergedAt mergedBy { ...Account } mergeCommit { ...CommitFacts }
}

${commitFragments}

${accountFragment}

fragment Text on GitObject { ... on Blob { text } }`;

/** One query for the first page of everything, and for the pages after it: what is not asked for is left out. */
export const pullRequestQuery = `
query PullRequest(
  $owner: String!, $name: String!, $number: Int!, $first: Boolean!, $squash: Boolean!
  $configuration: Boolean!, $configurationPath: String!, $configurationObject: String!
  $shared: Boolean!, $templates: Boolean!, $commentPath: String!, $commentObject: String!, $checkPath: String!, $checkObject: String!
  $commits: Boolean!, $commitsAfter: String, $commitsSize: Int!
  $reviews: Boolean!, $reviewsAfter: String, $reviewsSize: Int!
  $closingIssues: Boolean!, $closingIssuesAfter: String, $closingIssuesSize: Int!
  $comments: Boolean!, $commentsAfter: String, $commentsSize: Int!
  $files: Boolean!, $filesAfter: String, $filesSize: Int!
) {
  organization: repository(owner: $owner, name: ".github") @include(if: $shared) {
    configuration: object(expression: $configurationObject) @include(if: $configuration) { ...Text }
    ...Templates @include(if: $templates)
  }
  repository(owner: $owner, name: $name) {
    configuration: object(expression: $configurationObject) @include(if: $configuration) { ...Text }
    ...Templates @include(if: $templates)
    ...RepositoryFacts @include(if: $first)
    pullRequest(number: $number) {
      ...PullRequestFacts @include(if: $first)
      squashTitle: viewerMergeHeadlineText(mergeType: SQUASH) @include(if: $squash)
      squashBody: viewerMergeBodyText(mergeType: SQUASH) @include(if: $squash)
      head: commits(last: 1) @include(if: $first) {
        nodes {
          commit {
            oid
            file(path: $configurationPath) @include(if: $configuration) { object { ...Text } }
            commentTemplate: file(path: $commentPath) @include(if: $templates) { object { ...Text } }
            checkTemplate: file(path: $checkPath) @include(if: $templates) { object { ...Text } }
          }
        }
      }
      ...PullRequestLists
    }
  }
}

fragment Templates on Repository {
  commentTemplate: object(expression: $commentObject) { ...Text }
  checkTemplate: object(expression: $checkObject) { ...Text }
}
${pullRequestFragments}`;

/** More authors of one commit. */
export const authorsQuery = `
query Authors($id: ID!, $after: String) {
  node(id: $id) {
    ... on Commit {
      authors(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { name email user { login databaseId } }
      }
    }
  }
}`;

/** The commits below one, itself the first. */
export const historyQuery = `
query History($id: ID!, $size: Int!, $after: String) {
  node(id: $id) {
    ... on Commit {
      history(first: $size, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id oid url message parents(first: 1) { totalCount }
          authors(first: 10) {
            pageInfo { hasNextPage endCursor }
            nodes { name email user { login databaseId } }
          }
        }
      }
    }
  }
}`;

/** The newest comments of a conversation. */
export const commentsQuery = `
query Comments($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    issueOrPullRequest(number: $number) {
      ... on Issue { comments(last: 100) { nodes { id fullDatabaseId author { type: __typename login } body url } } }
      ... on PullRequest { comments(last: 100) { nodes { id fullDatabaseId author { type: __typename login } body url } } }
    }
  }
}`;

export const fileQuery = `
query File($owner: String!, $name: String!, $expression: String!) {
  repository(owner: $owner, name: $name) {
    object(expression: $expression) { ... on Blob { text } }
  }
}`;
