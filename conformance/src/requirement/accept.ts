import { acceptTexts } from './accepted.ts';
import { loadRequirements } from './load.ts';

// A deliberate act: whoever runs it has read the checks of these requirements again.
acceptTexts(process.argv.slice(2), loadRequirements());
