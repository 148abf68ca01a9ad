#!/usr/bin/env node
import { launch } from '@durable-session/schemas/launch';

await launch(import.meta.url, 'main');
