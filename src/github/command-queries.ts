import { repositorySelection } from "./to-repository.ts";

/** A comment on an issue or pull request, with what its commands are about. */
export const commandCommentQuery = `
query CommandComment($id: ID!, $isPullRequest: Boolean!) {
  node(id: $id) {
    ... on IssueComment {
      fullDatabaseId body url createdAt lastEditedAt
      author { ...Account }
      editor { ...Account }
      pullRequest @include(if: $isPullRequest) { number author { ...Account } }
      issue @skip(if: $isPullRequest) { number author { ...Account } }
      repository { ${repositorySelection} }
    }
  }
}

fragment Account on Actor { type: __typename login ... on User { databaseId name } ... on Bot { databaseId } }`;

/** The accounts of some logins, the first as \`person0\`. */
export function accountsQuery(count: number): string {
  const places = Array.from({ length: count }, (_, place) => place);
  return `
query Accounts(${places.map((place) => `$login${place}: String!`).join(", ")}) {
${places.map((place) => `  person${place}: user(login: $login${place}) { databaseId login name }`).join("\n")}
}`;
}
