// The rules of @graphql-eslint that schema.graphql keeps: recommended and Relay's. A rule that is off says why.

import { fileURLToPath } from "node:url";
import graphql from "@graphql-eslint/eslint-plugin";

export default [
  {
    files: ["schema.graphql"],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: fileURLToPath(new URL("../../schema.graphql", import.meta.url)) } },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { "@graphql-eslint": graphql },
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      // The rule's other choice: a description is a sentence or two, so it stands on the line before what it describes.
      "@graphql-eslint/description-style": ["error", { style: "inline" }],
      // More than is recommended: everything is described.
      "@graphql-eslint/require-description": [
        "error",
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
          EnumValueDefinition: true,
          // GraphQL's own directives come without.
          ignoredSelectors: ["DirectiveDefinition > InputValueDefinition"],
        },
      ],
      // Off in part: a connection also has `nodes`, a list of its rows for those who need no cursors.
      "@graphql-eslint/relay-edge-types": [
        "error",
        { withEdgeSuffix: true, shouldImplementNode: true, listTypeCanWrapOnlyEdgeType: false },
      ],
      // Off in part: a search is walked from the best on; its end is of no use to anybody.
      "@graphql-eslint/relay-arguments": ["error", { includeBoth: false }],
      // Off for pages, payloads, events and their parts, which are what a question makes of the graph, and nothing to be found again.
      "@graphql-eslint/strict-id-in-types": [
        "error",
        { exceptions: { types: ["AgreementRecorded", "Difference", "PageInfo", "SearchPiece", "UserError"], suffixes: ["Connection", "Edge", "Payload"] } },
      ],
    },
  },
];
