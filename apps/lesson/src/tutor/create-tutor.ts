import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { describeList } from '../actions/describe-list.ts';
import { nextHint } from '../actions/next-hint.ts';
import { findLesson } from '../catalog/catalog.ts';
import type { Context } from '../context.ts';

const readOnly = { readOnlyHint: true, openWorldHint: false };

/**
 * An MCP server for the learner's coding assistant: progress, the last failure and the next hint. It never gives the
 * solution: the last hint of each check, which shows the code, is withheld.
 */
export function createTutor(context: Context): McpServer {
    const { catalog, progress, texts, language } = context;
    const { tutor } = texts;
    const server = new McpServer({ name: 'lesson-tutor', version: '1.0.0' }, { instructions: tutor.instructions });
    const lesson = z.string().max(40).optional().describe(tutor.lesson);
    const reply = (text: string) => ({ content: [{ type: 'text' as const, text }] });

    /** The lesson that the assistant names, or the one in hand. */
    const find = (word = progress.read().current ?? '01') => {
        const found = findLesson(catalog, word);
        if (!found) throw new Error(texts.noLesson(word, catalog.map(({ number }) => number).join(', ')));
        return found;
    };

    server.registerTool('progress', { description: tutor.progress, annotations: readOnly }, () =>
        reply(describeList(context))
    );
    server.registerTool(
        'last_failure',
        { description: tutor.lastFailure, inputSchema: { lesson }, annotations: readOnly },
        args => {
            const { lastCheck } = progress.of(find(args.lesson).number);
            if (!lastCheck) return reply(tutor.notChecked);
            return reply(lastCheck.failure?.report[language] ?? tutor.noFailure(lastCheck.status));
        }
    );
    server.registerTool('next_hint', { description: tutor.nextHint, inputSchema: { lesson } }, args =>
        reply(nextHint(find(args.lesson), context, { withholdsLast: true }))
    );
    return server;
}
