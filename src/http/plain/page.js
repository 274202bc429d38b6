// Without this script the form is sent as a GET and the browser shows the JSON.
const form = document.querySelector("form");
const answer = document.getElementById("answer");

async function run() {
  const variables = form.elements.variables.value.trim();
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ query: form.elements.query.value, variables: variables ? JSON.parse(variables) : {} }),
  });
  return JSON.stringify(await response.json(), null, 2);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  answer.hidden = false;
  answer.textContent = "…";
  answer.textContent = await run().catch((error) => String(error));
});
