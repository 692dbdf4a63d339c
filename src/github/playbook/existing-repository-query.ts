/** A repository, and a page each of what a playbook might add to it. */
export const existingRepositoryQuery = `
query Existing(
  $owner: String!, $name: String!
  $labels: Boolean!, $labelsAfter: String, $milestones: Boolean!, $milestonesAfter: String
) {
  repository(owner: $owner, name: $name) {
    databaseId
    name
    owner { login }
    description
    visibility
    defaultBranchRef { name target { oid } }
    labels(first: 100, after: $labelsAfter) @include(if: $labels) { pageInfo { ...Page } nodes { name } }
    milestones(first: 100, after: $milestonesAfter) @include(if: $milestones) { pageInfo { ...Page } nodes { title } }
  }
}

fragment Page on PageInfo { hasNextPage endCursor }`;
