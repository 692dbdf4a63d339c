/** Answers every request; `/health` says that the service is up. */
export function answer(request, response) {
  const isHealth = request.url === "/health";
  response.writeHead(isHealth ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(isHealth ? { status: "up" } : { error: "not found" }));
}
