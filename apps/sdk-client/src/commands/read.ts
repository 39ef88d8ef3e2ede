import { type ReadResourceResult, ReadResourceResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { formatJson } from '../output/format.ts';
import { plain } from '../output/io.ts';
import { toOneLine } from '../output/screen.ts';
import { type AddCommand, type Answer, examples } from './command.ts';
import { requireCapability } from './require-capability.ts';

/** `read`: prints the content of a resource. Binary content is written as bytes unless stdout is a terminal. */
export const addRead: AddCommand = (program, run) => {
    program
        .command('read')
        .description('Read a resource. Binary content is written to a pipe or file, and described on a terminal.')
        .argument('<uri>', 'URI of the resource')
        .addHelpText('after', examples('read clock://now', 'read joke://built-in/1 --json'))
        .action((uri: string) =>
            run(async ({ connection, json, screen, io: { out = plain } }): Promise<Answer> => {
                requireCapability(connection, 'resources');
                const result = await connection.request('resources/read', (client, options) =>
                    client.readResource({ uri }, options)
                );
                // The SDK's type does not tell text from binary content; the schema does.
                const { contents } = ReadResourceResultSchema.parse(result);
                if (json) return formatJson(result);
                const [first] = contents;
                const isBytes = contents.length === 1 && first && 'blob' in first && !out.isTerminal;
                return isBytes ? Buffer.from(first.blob, 'base64') : screen.show(contents.map(toText).join('\n'));
            })
        );
};

function toText(content: ReadResourceResult['contents'][number]): string {
    if ('text' in content) return content.text;
    const bytes = Buffer.byteLength(content.blob, 'base64');
    return toOneLine(`[resource: ${content.uri}, ${content.mimeType ?? 'no type'}, ${bytes} bytes]`);
}
