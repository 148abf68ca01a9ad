// Takes a second and a half before it does the first thing.
import { wrapDriver, type Line } from '../wrapped-driver.ts';

const startMs = 1500;
const started = new Promise<void>((resolve) => setTimeout(resolve, startMs));

wrapDriver({ request: (request): Promise<Line> => started.then(() => request) });
