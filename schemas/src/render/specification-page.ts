import type { Definitions } from './definitions.ts';
import { renderFields } from './fields.ts';
import { renderJson } from './json-text.ts';
import { renderErrors, renderLimits, renderMessages, renderTransitions } from './tables.ts';

/** What the generated parts of a page are made from. */
export interface PageSources {
  readonly definitions: Definitions;
  /** The text of an example, `<MessageName>/<file stem>`; undefined if there is none. */
  readonly example: (name: string) => string | undefined;
}

/** A page with its generated parts filled, and a sentence for each mark that could not be. */
export interface FilledPage {
  readonly text: string;
  readonly problems: readonly string[];
}

const mark = /<!-- generated: ([a-z]+)(?: ([^ ]+))? -->\n[\s\S]*?<!-- \/generated -->/g;

const fence = (text: string): string => `\`\`\`json\n${text}\n\`\`\``;

function render(name: string, argument: string, { definitions, example }: PageSources): string | undefined {
  switch (name) {
    case 'errors':
      return renderErrors();
    case 'limits':
      return renderLimits();
    case 'fields':
      return renderFields(argument, definitions);
    case 'transitions':
      return renderTransitions(argument);
    case 'messages':
      return renderMessages(argument);
    case 'example': {
      const text = example(argument);
      return text === undefined ? undefined : fence(renderJson(JSON.parse(text)));
    }
    default:
      return undefined;
  }
}

/** Fills what stands between `<!-- generated: NAME ARGUMENT -->` and `<!-- /generated -->`; a mark that means nothing stays as it is. */
export function fillPage(text: string, sources: PageSources): FilledPage {
  const problems: string[] = [];
  const filled = text.replaceAll(mark, (whole, name: string, argument = '') => {
    const made = render(name, argument, sources);
    if (made !== undefined) return `<!-- generated: ${argument === '' ? name : `${name} ${argument}`} -->\n${made}\n<!-- /generated -->`;
    problems.push(`a mark must name something that can be generated: got ${`${name} ${argument}`.trim()}`);
    return whole;
  });
  return { text: filled, problems };
}
