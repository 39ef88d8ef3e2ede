import { limits } from './running/limits.ts';
import { processChecks } from './running/process.ts';
import { resume } from './running/resume.ts';

/** Keep it running: a server survives drops without a lost reply, and stops cleanly. The last check stops it. */
export const running = [
    limits.heartbeat,
    ...resume,
    limits.slowReader,
    limits.health,
    processChecks.logs,
    processChecks.stops
];
