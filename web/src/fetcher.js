const HEADERS = { "Content-Type": "application/json", Accept: "application/json" };

/** Sends a request to the server that served the page. */
export async function fetcher(request, options) {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { ...HEADERS, ...options?.headers },
    body: JSON.stringify(request),
  });
  return response.json();
}
