// Writes lines that are no answers between those that are, on both streams.
import { wrapDriver } from '../wrapped-driver.ts';

wrapDriver({
  answered(answer) {
    console.error(`debug: answered ${answer.id}`);
    return `info: done\n{"id": ${answer.id}, "log": "not an answer"}\n${JSON.stringify(answer)}`;
  },
});
