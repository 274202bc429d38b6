import "./workers.js";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./page.css";

import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

import { examples } from "./examples.js";
import { fetcher } from "./fetcher.js";

const NEW_TAB = "# Ctrl+Space completes, Ctrl+Enter runs, and the book on the left explains every type.\n\n{\n\n}\n";

/** The tabs of an earlier visit come back by themselves; only on the first one is there nothing to keep. */
function isFirstVisit() {
  try {
    return localStorage.getItem("graphiql:tabs") === null;
  } catch {
    return true;
  }
}

// GraphiQL takes the variables of its first tab from here, not from the tab.
const variables = isFirstVisit() ? examples[0]?.variables : undefined;

function Playground() {
  return (
    <GraphiQL
      fetcher={fetcher}
      defaultTabs={examples}
      defaultQuery={NEW_TAB}
      defaultEditorToolsVisibility="variables"
      initialVariables={variables}
    >
      <GraphiQL.Logo>Dealgraph</GraphiQL.Logo>
    </GraphiQL>
  );
}

createRoot(document.getElementById("playground")).render(<Playground />);
