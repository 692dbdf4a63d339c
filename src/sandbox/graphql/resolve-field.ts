import type { GraphQLFieldResolver, GraphQLResolveInfo } from "graphql";
import type { Context, Fields } from "./context.ts";
import { Problem, toProblem } from "./problem.ts";

/** How to find the fields of each type that the sandbox has. */
export type Resolvers = Readonly<Record<string, Fields<never>>>;

/** The most fields that are found for one request; only a query that means harm comes near. */
const mostResolved = 300_000;

/** Types of which every field is already there. */
const isMade = /(?:Connection|Edge|Payload|^PageInfo)$/;

/** Finds a field by a table. What the table does not have is an error that names it, and never null. */
export function createFieldResolver(resolvers: Resolvers): GraphQLFieldResolver<unknown, Context> {
  return (source, args, context, info) => {
    context.resolved += 1;
    if (context.resolved > mostResolved) {
      const problem = new Problem("RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded.");
      context.stop(problem);
      throw problem;
    }
    const { name } = info.parentType;
    if (isMade.test(name) && typeof source === "object" && source !== null && Object.hasOwn(source, info.fieldName)) {
      return Reflect.get(source, info.fieldName);
    }
    const fields = Object.hasOwn(resolvers, name) ? resolvers[name] : undefined;
    const resolve = fields !== undefined && Object.hasOwn(fields, info.fieldName) ? fields[info.fieldName] : undefined;
    if (resolve === undefined) throw new Problem("NOT_IMPLEMENTED", `No resolver for ${name}.${info.fieldName}`);
    const { watched, requireRead } = watch(args, info);
    try {
      // The schema sees to it that a type's fields get a source of that type, and the arguments that they name.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const found: unknown = resolve(source as never, watched as never, context, info);
      if (!(found instanceof Promise)) return requireRead(found);
      return found.then(requireRead, (error: unknown) => {
        throw toProblem(error);
      });
    } catch (error) {
      throw toProblem(error);
    }
  };
}

/** Notes which arguments are looked at: what is given and not looked at is an error. Mutations see to their inputs. */
function watch(args: Readonly<Record<string, unknown>>, info: GraphQLResolveInfo) {
  const given = info.fieldNodes.flatMap((node) => node.arguments?.map(({ name }) => name.value) ?? []);
  if (given.length === 0) return { watched: args, requireRead: (found: unknown) => found };
  const unread = new Set(given.filter((name) => args[name] !== undefined && args[name] !== null));
  const watched = new Proxy(args, {
    get(target, name) {
      if (typeof name === "string") unread.delete(name);
      return Reflect.get(target, name) as unknown;
    },
  });
  const requireRead = (found: unknown): unknown => {
    const [ignored] = unread;
    if (ignored === undefined) return found;
    throw new Problem(
      "NOT_IMPLEMENTED",
      `No support for the argument ${ignored} of ${info.parentType.name}.${info.fieldName}`,
    );
  };
  return { watched, requireRead };
}
