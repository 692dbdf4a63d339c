import { setValues, type ValuesToSet } from "../../actions/custom-properties.ts";
import type { Forge } from "../../forge.ts";
import { type Caller, grants, isAtLeast, roleOf } from "../../identity/access.ts";
import { isGranted, type OrganizationNeed } from "../../identity/organization-access.ts";
import type { Account } from "../../model/account.ts";
import {
  type CustomProperty,
  canHave,
  type PropertyValue,
  propertiesOf,
  valuesOf,
} from "../../model/custom-property.ts";
import type { Repository } from "../../model/repository.ts";
import { findRepository } from "../../model/state.ts";
import { notAccessible, notFound, Refusal } from "../../refusal.ts";
import { done, inOrganization, inRepository, type Operation, ok, toRead } from "../operation.ts";

const name = "organization_custom_properties";
const toReadSchema: OrganizationNeed = { who: "members", permission: [name, "read"] };
const toWriteValues: OrganizationNeed = { who: "owners", permission: [name, "write"] };
const toWriteSchema: OrganizationNeed = { who: "owners", permission: [name, "admin"] };

export const customPropertyOperations: readonly Operation[] = [
  inOrganization(
    "orgs/custom-properties-for-repos-get-organization-definitions",
    toReadSchema,
    ({ forge, organization }) => {
      return ok([...propertiesOf(organization).values()].map((property) => present(forge, organization, property)));
    },
  ),
  inOrganization(
    "orgs/custom-properties-for-repos-get-organization-definition",
    toReadSchema,
    ({ forge, organization, parameters }) => {
      const property = requireProperty(organization, parameters.custom_property_name);
      return ok(present(forge, organization, property));
    },
  ),
  inOrganization(
    "orgs/custom-properties-for-repos-create-or-update-organization-definitions",
    toWriteSchema,
    ({ forge, organization, body }) => {
      const defined = body.properties.map((each) => define(each.property_name, each));
      for (const property of defined) organization.organization?.properties.set(property.name, property);
      return ok(defined.map((property) => present(forge, organization, property)));
    },
  ),
  inOrganization(
    "orgs/custom-properties-for-repos-create-or-update-organization-definition",
    toWriteSchema,
    ({ forge, organization, parameters, body }) => {
      const property = define(parameters.custom_property_name, body);
      organization.organization?.properties.set(property.name, property);
      return ok(present(forge, organization, property));
    },
  ),
  inOrganization(
    "orgs/custom-properties-for-repos-delete-organization-definition",
    toWriteSchema,
    ({ forge, organization, parameters }) => {
      const property = requireProperty(organization, parameters.custom_property_name);
      organization.organization?.properties.delete(property.name);
      for (const { owner, properties } of forge.state.repositories.values()) {
        if (owner === organization) properties.delete(property.name);
      }
      return done();
    },
  ),
  inOrganization(
    "orgs/custom-properties-for-repos-create-or-update-organization-values",
    toWriteValues,
    ({ forge, organization, body }) => {
      const repositories = body.repository_names.map((repository) => {
        const found = findRepository(forge.state, organization.login, repository);
        if (found === null) throw notFound();
        return found;
      });
      const values = readValues(body.properties);
      for (const repository of repositories) setValues(repository, values);
      return done();
    },
  ),
  inRepository("repos/custom-properties-for-repos-get-repository-values", toRead("metadata"), ({ repository }) => {
    return ok(valuesOf(repository).map(([property, value]) => ({ property_name: property, value })));
  }),
  inRepository(
    "repos/custom-properties-for-repos-create-or-update-repository-values",
    toRead("metadata"),
    ({ caller, repository, body }) => {
      const values = readValues(body.properties);
      requireEditor(caller, repository, [...values.keys()]);
      setValues(repository, values);
      return done();
    },
  ),
];

function requireProperty(organization: Account, property: string): CustomProperty {
  const found = propertiesOf(organization).get(property);
  if (found === undefined) throw notFound();
  return found;
}

function readValues(
  listed: readonly { readonly property_name: string; readonly value: string | readonly string[] | null }[],
): ValuesToSet {
  return new Map(listed.map(({ property_name: property, value }) => [property, value]));
}

/** Who keeps the organisation says all of its repositories; who keeps a repository only what the property lets them. */
function requireEditor(caller: Caller, repository: Repository, names: readonly string[]): void {
  const { owner } = repository;
  const known = propertiesOf(owner);
  const isOpen = names.every((one) => known.get(one)?.editableByRepositories ?? true);
  if (caller.kind === "installation") {
    if (isGranted(caller, owner, [name, "write"])) return;
    const mayHere = owner === caller.installation.account && isOpen;
    if (mayHere && grants(caller.permissions, ["repository_custom_properties", "write"])) return;
    throw notAccessible();
  }
  if (caller.kind !== "user") throw new Refusal(401, "Requires authentication");
  const ownsAll = owner.organization?.members.get(caller.account) === "admin";
  if (ownsAll || (isOpen && isAtLeast(roleOf(caller.account, repository), "admin"))) return;
  throw new Refusal(403, "You do not have permission to edit these custom property values.");
}

interface PropertyBody {
  readonly value_type: CustomProperty["valueType"];
  readonly required?: boolean;
  readonly default_value?: PropertyValue | null;
  readonly description?: string | null;
  readonly allowed_values?: readonly string[] | null;
  readonly values_editable_by?: "org_actors" | "org_and_repo_actors" | null;
}

function define(property: string, body: PropertyBody): CustomProperty {
  const { value_type: valueType, required = false, default_value: defaultValue = null, description = null } = body;
  const { allowed_values: allowedValues = null, values_editable_by: editors } = body;
  const defined: CustomProperty = {
    name: property,
    valueType,
    required,
    defaultValue,
    description,
    allowedValues,
    editableByRepositories: editors === "org_and_repo_actors",
  };
  const wrong = whatIsWrong(defined);
  if (wrong !== null) throw new Refusal(422, "Validation Failed", [wrong]);
  return defined;
}

function whatIsWrong(property: CustomProperty): string | null {
  const { valueType, allowedValues, required, defaultValue } = property;
  if (!/^[\w$#-]{1,75}$/.test(property.name)) return `Property name '${property.name}' is invalid`;
  const isChosen = valueType === "single_select" || valueType === "multi_select";
  if (isChosen && (allowedValues === null || allowedValues.length === 0)) return "Allowed values can't be blank";
  if (!isChosen && allowedValues !== null) return "Allowed values are only for properties to select from";
  if (required && defaultValue === null) return "Default value must be present for required properties";
  if (!required && defaultValue !== null) return "Default value can only be set for required properties";
  return defaultValue === null || canHave(property, defaultValue) ? null : "Default value is not allowed";
}

function present({ api }: Pick<Forge, "api">, organization: Account, property: CustomProperty) {
  return {
    property_name: property.name,
    url: `${api}/orgs/${organization.login}/properties/schema/${encodeURIComponent(property.name)}`,
    source_type: "organization",
    value_type: property.valueType,
    required: property.required,
    default_value: property.defaultValue,
    description: property.description,
    allowed_values: property.allowedValues,
    values_editable_by: property.editableByRepositories ? "org_and_repo_actors" : "org_actors",
  };
}
