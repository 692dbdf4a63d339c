import type { Repository } from "../../model/repository.ts";
import type { Fields } from "../context.ts";

interface TopicSource {
  readonly key: string;
  readonly repository: Repository;
}

export const repositoryTopic: Fields<TopicSource> = {
  id: ({ key, repository: { id } }) => `RT_kwDO${Buffer.from(`${id}:${key}`).toString("base64url")}`,
  topic: ({ key }) => ({ __typename: "Topic", key }),
  url: ({ key }, _args, { forge }) => `${forge.web}/topics/${key}`,
  resourcePath: ({ key }) => `/topics/${key}`,
};

export const topic: Fields<{ readonly key: string }> = {
  id: ({ key }) => `T_kgDO${Buffer.from(key).toString("base64url")}`,
  name: ({ key }) => key,
};
