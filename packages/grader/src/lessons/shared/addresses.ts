import type { Random } from '../../random.ts';
import type { Script } from '../../scripted-server/script.ts';

/** Addresses and session ids that no client can guess. */
export function randomAddresses(random: Random): Pick<Script, 'streamPath' | 'endpointForm' | 'createId'> {
    return {
        streamPath: `/${random.word()}/${random.pick(['sse', 'events'])}`,
        endpointForm: random.pick(['path', 'url', 'relative']),
        createId: random.word
    };
}
