import { countOpen, startHosts } from '@calc/test-helpers/processes';
import { beforeEach } from 'vitest';
import { exceptions } from './exceptions.ts';

// Before the first test, so that the start does not count in the time of that test.
await startHosts();

beforeEach(({ task, skip }) => {
    const reason = exceptions[task.name.replace(/ \[[^\]]+\]$/, '')];
    if (reason) skip(reason);
    // The file may have started one server for all its tests.
    if (countOpen() > 0) task.meta.isBehindProcesses = true;
});
