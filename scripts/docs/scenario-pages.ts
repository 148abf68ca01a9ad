import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

interface Scenario {
  readonly id: string;
  readonly title: string;
  readonly covers: readonly string[];
  readonly comment?: string;
}

interface Requirement {
  readonly id: string;
  readonly page: string;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

/** Writes the catalogue of scenarios into `folder`, one page a concept with links to the requirements, and returns the pages. */
export function scenarioPages(root: string, folder: string): string[] {
  const requirements = readJson(join(root, 'conformance/requirements/v1.json')) as readonly Requirement[];
  const pageOf = new Map(requirements.map(({ id, page }) => [id, page]));
  const files = globSync('conformance/scenarios/{server,client}/**/*.json', { cwd: root, exclude: ['**/client/logs/**'] }).sort();
  const concepts = Map.groupBy(files, (file) => relative('conformance/scenarios', dirname(file)));

  const cited = (id: string): string => {
    const page = pageOf.get(id);
    return page === undefined ? id : `[${id}](${relative(folder, join(root, 'spec/v1', page))})`;
  };

  return [...concepts].map(([concept, members]) => {
    const rows = members.map((file) => {
      const scenario = readJson(join(root, file)) as Scenario;
      const comment = scenario.comment === undefined ? '' : `\n\n${scenario.comment}`;
      return `## ${scenario.title}\n\n\`${scenario.id}\` covers ${scenario.covers.map(cited).join(', ')}.${comment}\n`;
    });
    const page = join(folder, `${concept.replaceAll('/', '-')}.md`);
    writeFileSync(page, `---\ntitle: "Scenarios: ${concept}"\n---\n# Scenarios: ${concept}\n\n${rows.join('\n')}`);
    return page;
  });
}
