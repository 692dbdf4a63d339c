/** Reads what the service goes by from the environment. Throws an Error that says what to set. */
export function readConfig(environment) {
  const port = Number(environment.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT is "${environment.PORT}"; set it to a number from 0 to 65535`);
  }
  return { port, host: environment.HOST ?? "0.0.0.0" };
}
