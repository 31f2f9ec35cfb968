// Reads a list of JSON-LD texts and prints, per text, what the TypeScript compiler says
// when it holds the text against the types of schema.org.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const ts = require("typescript");

const graphs = JSON.parse(readFileSync(0, "utf8"));
// JSON is an expression of TypeScript.
const sources = new Map(
  graphs.map((graph, number) => [
    join(__dirname, `graph-${number}.ts`),
    `import type { Graph } from "schema-dts";\nexport const graph: Graph = ${graph};\n`,
  ]),
);
const options = {
  module: ts.ModuleKind.Node16,
  moduleResolution: ts.ModuleResolutionKind.Node16,
  noEmit: true,
  skipLibCheck: true,
  strict: true,
  types: [],
};
const host = ts.createCompilerHost(options);
const { fileExists, getSourceFile } = host;
host.fileExists = (name) => sources.has(name) || fileExists(name);
host.getSourceFile = (name, target, ...rest) =>
  sources.has(name)
    ? ts.createSourceFile(name, sources.get(name), target)
    : getSourceFile(name, target, ...rest);
const program = ts.createProgram([...sources.keys()], options, host);
const said = [...sources.keys()].map((name) => {
  const source = program.getSourceFile(name);
  const found = [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ];
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
});
process.stdout.write(JSON.stringify(said));
