import { optionTable, type Options } from './options.ts';

const usage = `Usage: npx @durable-session/conformance [command] [options]

  (no command)   test every subject of conformance.config.json
  server         test a server:  --url http://localhost:8787, or --command "node my-server.js"
  client         test a client:  --command "python my_driver.py"
  list           the scenarios
  explain ID     a requirement, and what checks it
  coverage       which requirements the last full run has checked
  selftest       test the suite itself by broken peers
  crash          kill the server at seeded moments of a stream: --tries 200 --seed 1

Options:`;

const exitCodes = 'Exit codes: 0 conforms, 1 does not, 2 usage or nothing to judge, 3 incomplete, 4 error of the suite, 5 stale expectation.';

/** Prints how the suite is used. */
export function help(_options: Options, print: (text: string) => void): number {
  print(usage);
  for (const [name, option] of Object.entries(optionTable)) print(`  ${`--${name}${'value' in option ? ` ${option.value}` : ''}`.padEnd(26)} ${option.help}`);
  print(exitCodes);
  return 0;
}
