import type { Account } from "../model/account.ts";
import { canHave, type PropertyValue, propertiesOf } from "../model/custom-property.ts";
import type { Repository } from "../model/repository.ts";
import { Refusal } from "../refusal.ts";

/** Values by the property's name; null takes one away. */
export type ValuesToSet = ReadonlyMap<string, PropertyValue | null>;

/** Throws a Refusal where the organisation has no such property, or one that cannot have the value. */
export function requireValues(organization: Account, values: ValuesToSet): void {
  const known = propertiesOf(organization);
  for (const [name, value] of values) {
    const property = known.get(name);
    if (property === undefined) throw refused(`Property '${name}' does not exist`);
    if (value !== null && !canHave(property, value)) throw refused(`Invalid value for property '${name}'`);
  }
}

/** Says something of a repository, all or nothing. Throws a Refusal as the other does. */
export function setValues({ owner, properties }: Repository, values: ValuesToSet): void {
  requireValues(owner, values);
  for (const [name, value] of values) {
    if (value === null) properties.delete(name);
    else properties.set(name, value);
  }
}

function refused(message: string): Refusal {
  return new Refusal(422, "Validation Failed", [message]);
}
