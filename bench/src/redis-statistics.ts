import { once } from 'node:events';
import { connect } from 'node:net';

/** What a Redis has done since its start. */
export interface RedisStatistics {
    commands: number;
    /** CPU time in microseconds. */
    cpu: number;
}

/** Asks a Redis on this machine. */
export async function readRedis(port: number): Promise<RedisStatistics> {
    const socket = connect(port, '127.0.0.1');
    try {
        await once(socket, 'connect');
        socket.write('INFO everything\r\nQUIT\r\n');
        let text = '';
        for await (const chunk of socket.setEncoding('utf8')) text += chunk;
        const numberOf = (pattern: RegExp) => Number(pattern.exec(text)?.[1]);
        const seconds = numberOf(/used_cpu_sys:([\d.]+)/) + numberOf(/used_cpu_user:([\d.]+)/);
        return { commands: numberOf(/cmdstat_evalsha:calls=(\d+)/), cpu: seconds * 1e6 };
    } finally {
        socket.destroy();
    }
}
