import { once } from 'node:events';
import { connect } from 'node:net';

/** Notes every command that Redis gets from now on, with its arguments. */
export async function monitorRedis(port: number): Promise<{ readonly commands: string } & Disposable> {
    const socket = connect(port, '127.0.0.1');
    let commands = '';
    socket.setEncoding('utf8').on('data', chunk => {
        commands += chunk;
    });
    socket.write('MONITOR\r\n');
    await once(socket, 'data');
    return {
        get commands() {
            return commands;
        },
        [Symbol.dispose]: () => socket.destroy()
    };
}
