// The queries of the first tabs. They are documents of the server's tests, which hold their answers.
const files = import.meta.glob("../../tests/documents/playground/*.{graphql,variables.json}", {
  query: "?raw",
  import: "default",
  eager: true,
});

export const examples = Object.keys(files)
  .filter((path) => path.endsWith(".graphql"))
  .sort()
  .map((path) => ({
    query: files[path],
    variables: files[path.replace(/\.graphql$/, ".variables.json")] ?? "",
  }));
