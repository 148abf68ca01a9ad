import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { UsageError } from '../configuration.ts';
import { judgeRecorded, subjectOf } from '../judge/judge-file.ts';
import { readTranscript } from '../judge/read-transcript.ts';
import { loadConsequences } from '../reporter/consequences.ts';
import { drawDiagram } from '../reporter/diagram.ts';
import { renderLanes } from '../reporter/lanes.ts';
import { renderBlock } from '../reporter/problem-block.ts';
import { problemOf } from '../reporter/problem.ts';
import { loadRequirements } from '../requirement/load.ts';
import type { Outcome, ScenarioResult, Subject } from '../run/outcome.ts';
import type { Transcript } from '../transcript/entry.ts';
import { judgeFinding } from '../verdict/level.ts';
import { textOption, type Options } from './options.ts';
import { patienceOf } from './run-options.ts';

/** How much of a transcript is drawn at its beginning and at its end. */
const shownAtEachEnd = 40;

/** Judges recorded transcripts again by every oracle, and draws them. Exit code 0 if all hold, 1 if a MUST is broken, 4 if a frame of the runner is. */
export function judge(options: Options, print: (text: string) => void): number {
  const role = textOption(options, 'role');
  if (role !== undefined && role !== 'server' && role !== 'client') throw new UsageError(`--role must be server or client: got ${role}`);
  const patienceMs = patienceOf(options);
  const read = options.words.map((file) => ({ file, transcript: load(file) }));
  const results = read.map(({ file, transcript }) => judgeOne(file, transcript, role ?? subjectOf(transcript), patienceMs));
  if (options.values.json === true) print(JSON.stringify(results.map(({ result: { transcript, ...result }, file, subject }) => ({ file, subject, ...result, entries: transcript.length })), undefined, 2));
  else for (const { file, subject, result } of results) show(file, subject, result, print);
  const outcomes = results.map(({ result }) => result.outcome);
  return outcomes.includes('fail') ? 1 : outcomes.includes('harness error') ? 4 : 0;
}

function load(file: string): Transcript {
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`judge must be given a transcript, as --out DIR writes them (DIR/server/resume/….sse.jsonl): there is no file ${file}`);
  const read = readTranscript(readFileSync(file, 'utf8'));
  if ('problem' in read) throw new UsageError(`${file} is no transcript: ${read.problem}`);
  return read.transcript;
}

interface Judged {
  readonly file: string;
  readonly subject: Subject;
  readonly result: ScenarioResult;
}

function judgeOne(file: string, transcript: Transcript, subject: Subject, patienceMs: number): Judged {
  const requirements = loadRequirements();
  const { findings, harnessFault } = judgeRecorded(transcript, subject, patienceMs);
  const checks = findings.map((finding) => judgeFinding(finding, (id) => requirements.get(id)));
  const outcome: Outcome = harnessFault !== undefined ? 'harness error' : checks.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass';
  const [scenario = file, variant = subject] = basename(file).replace(/\.jsonl$/, '').split('.');
  const reason = harnessFault === undefined ? {} : { reason: harnessFault };
  return { file, subject, result: { scenario, title: 'a recorded transcript', variant, outcome, ...reason, covers: [], checks, transcript, durationMs: Math.round(transcript.at(-1)?.at ?? 0) } };
}

function show(file: string, subject: Subject, result: ScenarioResult, print: (text: string) => void): void {
  const { transcript, checks } = result;
  const requirements = loadRequirements();
  const connections = new Set(transcript.map(({ connection }) => connection)).size;
  print(`${file}: ${transcript.length} entries of ${connections} connections in ${(result.durationMs / 1000).toFixed(1)} s, a ${subject} under test`);
  print(renderLanes(drawDiagram(transcript, { lines: [], before: shownAtEachEnd, after: shownAtEachEnd, labelLength: 150, isFocused: false, subject, cites: [] })).join('\n'));
  const problem = problemOf(subject, result, { requirementOf: (id) => requirements.get(id), consequenceOf: loadConsequences(), flags: '' });
  const isProblem = result.outcome !== 'pass' || checks.some(({ verdict }) => verdict === 'warn');
  if (isProblem) print(`\n${renderBlock({ shown: { ...problem, again: `npx @durable-session/conformance judge ${file}` }, same: [] })}`);
  const rules = (verdict: string): string => [...new Set(checks.filter((check) => check.verdict === verdict).flatMap(({ cites }) => cites))].sort().join(' ');
  const held = rules('pass');
  print(`held: ${held === '' ? 'nothing was exercised' : held}`);
  print(`${result.outcome === 'pass' ? 'holds' : result.outcome === 'fail' ? 'broken' : 'error of the suite'}: ${file}, by the oracles alone; what its scenario expected step by step is not judged again`);
}
