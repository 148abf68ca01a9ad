import { run } from './types/command-line.ts';

const result = run(process.argv.slice(2));
if ('text' in result) {
  process.stdout.write(result.text);
} else {
  process.stderr.write(`${result.problem}\nTry npx @durable-session/schemas --help\n`);
  process.exitCode = 2;
}
