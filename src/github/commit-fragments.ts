/** What credit needs to know of a commit, as `...CommitFacts`. */
export const commitFragments = `
fragment CommitFacts on Commit {
  id oid url message parents(first: 1) { totalCount }
  authors(first: 10) { ...Authors }
}

fragment Authors on GitActorConnection {
  pageInfo { hasNextPage endCursor }
  nodes { name email user { login databaseId } }
}`;
