import { countOpen, startHosts } from '@calc/test-helpers/processes';
import { beforeEach } from 'vitest';
import { exceptions } from './exceptions.ts';

// Not in the time of the first test.
await startHosts();

beforeEach(({ task, skip }) => {
    const reason = exceptions[task.name.replace(/ \[[^\]]+\]$/, '')];
    if (reason) skip(reason);
    // One that its file opened for all tests.
    if (countOpen() > 0) task.meta.isBehindProcesses = true;
});
