import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../../schema.graphql",
  documents: ["main.ts"],
  generates: {
    "generated/": {
      preset: "client",
      config: {
        documentMode: "string",
        useTypeImports: true,
        importExtension: ".js",
        emitLegacyCommonJSImports: false,
        // Each scalar of the schema is named here: one that is not stops the generator.
        strictScalars: true,
        scalars: {
          CountryCode: "string",
          CurrencyCode: "string",
          Date: "string",
          DateTime: "string",
          JSON: { input: "unknown", output: "unknown" },
          Decimal: { input: "string | number", output: "string" },
          LEI: "string",
          URL: "string",
        },
      },
    },
  },
};

export default config;
