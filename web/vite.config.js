import { gzipSync } from "node:zlib";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vite";

/** Compresses each text file in place: the server need not, and has it embedded once, at a third of its size. */
const compressed = {
  name: "compressed",
  apply: "build",
  writeBundle({ dir }) {
    for (const name of readdirSync(join(dir, "assets"))) {
      if (/\.(js|css|svg|ttf)$/.test(name)) {
        const file = join(dir, "assets", name);
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
        rmSync(file);
      }
    }
  },
};

export default defineConfig({
  plugins: [compressed],
  build: {
    // A file in an address (`data:`) would have to be allowed by the page's Content-Security-Policy.
    assetsInlineLimit: 0,
    // The editor is large by itself; it is loaded after the page is there.
    chunkSizeWarningLimit: 5000,
    license: { fileName: "assets/licences.md" },
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/graphql": "http://127.0.0.1:8080" } },
});
