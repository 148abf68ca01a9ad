import { diagramOf, type Breach, type Problem } from './problem.ts';
import type { ProblemGroup } from './problem-groups.ts';
import { peersOf } from './lane-peers.ts';
import { renderLanes } from './lanes.ts';

const textWidth = 118;

/** Breaks a text at spaces into lines under a label. */
export function wrap(label: string, text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > textWidth) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each, index) => `  ${index === 0 ? label : ' '.repeat(label.length)}${each}`);
}

/** One block for a scenario that did not pass: the requirement, what it does to users, what was allowed, what came, the frames around it, and how to see it again. */
export function renderBlock({ shown, same }: ProblemGroup): string {
  const { result, breaches, reason, again } = shown;
  const [first, ...others] = breaches;
  const word = result.outcome === 'pass' ? 'WARN' : result.outcome.toUpperCase();
  return visible([
    `${word}  ${result.scenario} (${result.variant}): ${result.title}`,
    ...(reason === undefined ? [] : wrap('', reason)),
    ...(first === undefined ? [] : renderBreach(first)),
    ...frames(shown),
    ...alsoBroken(others),
    ...alsoHere(same),
    `  again:    ${again}`,
    '',
  ].join('\n'));
}

/** What a peer sends must not drive the terminal: control characters show as their pictures. */
const visible = (text: string): string => text.replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F]/g, (character) => String.fromCharCode(character === '\u007F' ? 0x2421 : 0x2400 + character.charCodeAt(0)));

function renderBreach({ check, told, requirements, contradiction, limits }: Breach): string[] {
  const [direct, ...also] = requirements;
  return [
    ...(direct === undefined ? [] : [direct]).flatMap(({ id, level, sentence, link }) => wrap(`${id}  `, `${sentence}${link === undefined ? '' : `  [${level}, ${link}]`}`)),
    ...(direct?.consequence === undefined ? [] : wrap('users:    ', direct.consequence)),
    ...(also.length === 0 ? [] : wrap('cites:    ', `also ${also.map(({ id }) => id).join(', ')} (\`explain ID\` says what each asks)`)),
    `  found by: ${check.source}${check.verdict === 'warn' ? ' (a SHOULD: it warns)' : ''}`,
    ...(limits.length === 0 ? [] : wrap('limits:   ', limits.join(', '))),
    ...(told.expected === undefined ? [] : wrap('expected: ', told.expected)),
    ...(told.actual === undefined ? [] : wrap('actual:   ', told.actual)),
    ...(told.times === undefined ? [] : wrap('times:    ', told.times)),
    ...(contradiction.length === 0 ? [] : ['  contradiction:', ...contradiction.map(({ line, who, saw }) => `    line ${String(line).padStart(4)}  ${who.padEnd(12)} ${saw}`)]),
  ];
}

/** The diagram, and in full the offending frame with the command that it answers. */
function frames(problem: Problem): string[] {
  const drawn = diagramOf(problem, { before: 8, after: 3, labelLength: 150, isFocused: true });
  const diagram = renderLanes(drawn);
  const peers = drawn.lanes.length > 2 ? peersOf(drawn.lanes, problem.result.transcript) : [];
  const full = (problem.breaches[0]?.frames ?? []).map(({ line, text }) => `  line ${line} in full: ${text}`);
  return diagram.length === 0 ? full : ['', ...diagram, ...(peers.length === 0 ? [] : wrap('lanes:    ', peers.join(', '))), ...full, ''];
}

/** Other breaches of the same scenario mostly follow from the first: a line for each kind. */
function alsoBroken(breaches: readonly Breach[]): string[] {
  const kinds = Map.groupBy(breaches, ({ check, requirements }) => `${requirements.map(({ id }) => id).join(' ')} by ${check.source}`);
  return [...kinds].slice(0, maxLines).flatMap(([kind, each]) => {
    const told = each[0]?.told;
    const said = told?.expected === undefined ? '' : `: expected ${told.expected.slice(0, 200)}: got ${(told.actual ?? 'nothing').slice(0, 200)}`;
    return wrap('then:     ', `${kind}${each.length > 1 ? `, ${each.length} times` : ''}${said}`);
  });
}

const maxLines = 3;

function alsoHere(same: readonly Problem[]): string[] {
  if (same.length === 0) return [];
  const byScenario = Map.groupBy(same, ({ result }) => result.scenario);
  const names = [...byScenario].map(([scenario, each]) => `${scenario} (${each.map(({ result }) => result.variant).join(', ')})`);
  return wrap('same in:  ', `${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more scenarios` : ''}`);
}
