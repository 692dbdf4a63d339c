/** Who did something, as `...Account`. */
export const accountFragment =
  "fragment Account on Actor { type: __typename login ... on User { databaseId name } ... on Bot { databaseId } }";
