/** Where the database is: the runbook says who can change it. */
export function databaseUrl(environment = process.env) {
  const url = environment.DATABASE_URL;
  if (url === undefined) throw new Error("set DATABASE_URL to the address of the database");
  return url;
}
