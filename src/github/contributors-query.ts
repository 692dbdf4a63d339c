/** A file on the default branch and on the branch that it is proposed on, that branch's pull requests, and the settings. */
export const contributorsQuery = `
query Contributors(
  $owner: String!, $name: String!, $shared: Boolean!
  $path: String!, $branch: String!, $branchRef: String!, $configuration: String!
) {
  organization: repository(owner: $owner, name: ".github") @include(if: $shared) {
    configuration: object(expression: $configuration) { ... on Blob { text } }
  }
  repository(owner: $owner, name: $name) {
    id databaseId name owner { login } url
    configuration: object(expression: $configuration) { ... on Blob { text } }
    defaultBranchRef { name target { ...Tip } }
    ref(qualifiedName: $branchRef) { target { ...Tip } }
    pullRequests(headRefName: $branch, first: 20, orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { number state baseRefName headRefOid isCrossRepository }
    }
  }
}

fragment Tip on GitObject {
  oid
  ... on Commit {
    message
    tree { oid }
    parents(first: 2) { nodes { oid } }
    file(path: $path) { type mode object { ... on Blob { byteSize isBinary text } } }
  }
}`;
