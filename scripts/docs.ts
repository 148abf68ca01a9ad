import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Application, type TypeDocOptions } from 'typedoc';
import { scenarioPages } from './docs/scenario-pages.ts';
import { specDocuments } from './docs/spec-documents.ts';

const root = resolve(import.meta.dirname, '..');
const out = resolve(root, 'site');
const drafts = resolve(root, 'node_modules/.cache/durable-session-docs');

/** Draws the mermaid diagrams of the spec in the reader's browser, from a copy that lies beside the pages. */
const diagramScript = `
const blocks = document.querySelectorAll('pre > code.mermaid, pre > code.language-mermaid');
if (blocks.length > 0) {
  const script = document.createElement('script');
  script.src = new URL('mermaid.min.js', document.currentScript.src).href;
  script.onload = async () => {
    window.mermaid.initialize({ startOnLoad: false, theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'neutral' });
    for (const block of blocks) {
      const drawing = document.createElement('div');
      drawing.className = 'mermaid';
      drawing.textContent = block.textContent;
      block.closest('pre').replaceWith(drawing);
    }
    await window.mermaid.run();
  };
  document.head.append(script);
}
`;

rmSync(drafts, { recursive: true, force: true });
mkdirSync(drafts, { recursive: true });
writeFileSync(join(drafts, 'diagrams.js'), diagramScript);

const options: TypeDocOptions = {
  name: 'Durable Session Protocol',
  readme: join(root, 'README.md'),
  entryPoints: ['schemas', 'conformance', 'reference-server', 'reference-client'].map((name) => join(root, name)),
  entryPointStrategy: 'packages',
  packageOptions: { entryPoints: ['src/index.ts'], tsconfig: '../tsconfig.json', excludeInternal: true, disableSources: true, validation: { notExported: false } },
  projectDocuments: [...specDocuments(root), ...scenarioPages(root, drafts)],
  customJs: join(drafts, 'diagrams.js'),
  disableSources: true,
  highlightLanguages: ['typescript', 'json', 'bash', 'http', 'python'],
  ignoredHighlightLanguages: ['mermaid', 'abnf'],
  validation: { invalidLink: true, invalidPath: true, notExported: false, notDocumented: false },
  treatValidationWarningsAsErrors: true,
  out,
};

const application = await Application.bootstrapWithPlugins(options);
const project = await application.convert();
if (project === undefined || application.logger.hasErrors()) process.exit(1);
application.validate(project);
await application.generateOutputs(project);
cpSync(join(root, 'node_modules/mermaid/dist/mermaid.min.js'), join(out, 'assets/mermaid.min.js'));
if (application.logger.hasErrors() || application.logger.hasWarnings()) process.exit(1);
console.log(`The site stands in site/index.html`);
